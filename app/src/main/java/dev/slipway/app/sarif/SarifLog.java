package dev.slipway.app.sarif;

import dev.slipway.agents.review.FloorReview;
import dev.slipway.app.Version;
import dev.slipway.change.ChangedLine;
import dev.slipway.change.Diff;
import dev.slipway.change.FileChange;
import dev.slipway.policy.Finding;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * A log with one run for each reviewed input. What could not be looked at is a notification of the
 * run, and a run with such notes did not execute successfully, so that no viewer shows it as clean.
 */
public final class SarifLog {
  private static final String SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json";

  private final List<Map<String, Object>> runs = new ArrayList<>();

  /** Adds the review of one input. */
  public void add(String input, FloorReview review, Diff diff) {
    Map<String, ChangedLine> lines = new HashMap<>();
    diff.files().stream()
        .map(FileChange::added)
        .flatMap(List::stream)
        .forEach(line -> lines.put(line.path() + ":" + line.line(), line));
    List<Map<String, Object>> results = new ArrayList<>();
    Map<String, Integer> seen = new HashMap<>();
    for (Finding finding : review.findings()) {
      ChangedLine line = lines.get(finding.file() + ":" + finding.line());
      String hash = hash(finding.rule() + "\n" + (line == null ? "" : line.text().strip()));
      int ordinal = seen.merge(finding.file() + hash, 1, Integer::sum);
      results.add(result(finding, hash + ":" + ordinal));
    }
    runs.add(run(input, results, rules(review.findings()), notes(review)));
  }

  /** Adds an input that could not be read. */
  public void addUnreadable(String input, String why) {
    runs.add(run(input, List.of(), List.of(), List.of(note("input", why))));
  }

  /** The whole log as one line of JSON. */
  public String json() {
    return JsonMapper.builder()
        .build()
        .writeValueAsString(
            ordered("$schema", SCHEMA, "version", "2.1.0", "runs", List.copyOf(runs)));
  }

  private static Map<String, Object> run(
      String input,
      List<Map<String, Object>> results,
      List<Map<String, Object>> rules,
      List<Map<String, Object>> notes) {
    Map<String, Object> driver =
        ordered("name", "Slipway", "version", Version.text(), "rules", rules);
    return ordered(
        "tool",
        Map.of("driver", driver),
        "automationDetails",
        Map.of("id", "slipway/review/" + input),
        "invocations",
        List.of(
            ordered("executionSuccessful", notes.isEmpty(), "toolExecutionNotifications", notes)),
        "columnKind",
        "utf16CodeUnits",
        "results",
        results);
  }

  private static List<Map<String, Object>> notes(FloorReview review) {
    List<Map<String, Object>> notes = new ArrayList<>();
    review.skipped().forEach(skipped -> notes.add(note(skipped.detector(), skipped.why())));
    review.unread().forEach(path -> notes.add(note("unread", path + " could not be read")));
    return notes;
  }

  private static Map<String, Object> note(String what, String why) {
    return ordered("level", "warning", "message", Map.of("text", what + ": " + why));
  }

  private static List<Map<String, Object>> rules(List<Finding> findings) {
    return findings.stream()
        .map(Finding::rule)
        .distinct()
        .sorted()
        .map(
            rule -> ordered("id", rule, "shortDescription", Map.of("text", rule.replace('-', ' '))))
        .toList();
  }

  private static Map<String, Object> result(Finding finding, String fingerprint) {
    Map<String, Object> physical =
        ordered("artifactLocation", ordered("uri", uri(finding.file()), "uriBaseId", "%SRCROOT%"));
    if (finding.line() > 0) {
      physical.put("region", Map.of("startLine", finding.line()));
    }
    return ordered(
        "ruleId",
        finding.rule(),
        "level",
        level(finding.severity()),
        "message",
        Map.of("text", finding.message()),
        "locations",
        List.of(Map.of("physicalLocation", physical)),
        "partialFingerprints",
        Map.of("primaryLocationLineHash", fingerprint),
        "properties",
        ordered("kind", finding.kind().label(), "severity", finding.severity().label()));
  }

  private static String level(Finding.Severity severity) {
    return switch (severity) {
      case INFO, LOW -> "note";
      case MEDIUM -> "warning";
      case HIGH, CRITICAL -> "error";
    };
  }

  /** The path as a relative reference: blanks and other letters are percent-encoded. */
  private static String uri(String path) {
    try {
      // With a leading slash, a colon in the first folder cannot be read as a scheme.
      return new URI(null, null, "/" + path, null).toASCIIString().substring(1);
    } catch (URISyntaxException e) {
      return HexFormat.of().formatHex(path.getBytes(StandardCharsets.UTF_8));
    }
  }

  private static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static Map<String, Object> ordered(Object... namesAndValues) {
    Map<String, Object> all = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      all.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return all;
  }
}

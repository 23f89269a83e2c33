package dev.slipway.app.detectors.code;

import dev.slipway.agents.review.Detector;
import dev.slipway.agents.review.Subject;
import dev.slipway.change.FileChange;
import dev.slipway.change.Printable;
import dev.slipway.change.SourceTree;
import dev.slipway.policy.Finding;
import dev.slipway.policy.Finding.Kind;
import dev.slipway.policy.Finding.Severity;
import dev.slipway.project.Globs;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What other scanners left in the files that {@code review.sarif} names, as far as it is about
 * lines that the change adds: rules {@code sarif.*}. A report can only add to what is found; none
 * of what it says takes a finding away, suppressions included.
 */
public final class SarifDetector implements Detector {
  private static final int BYTES_MAX = 20_000_000;

  private static final JsonMapper JSON = JsonMapper.builder().build();

  @Override
  public String name() {
    return "sarif";
  }

  @Override
  public Outcome inspect(Subject subject) {
    List<String> globs = subject.project().map(project -> project.sarif()).orElse(List.of());
    if (globs.isEmpty() || subject.candidate().isEmpty()) {
      return new Outcome.Inspected(List.of());
    }
    Map<String, Set<Integer>> changed = new HashMap<>();
    for (FileChange file : subject.diff().files()) {
      Set<Integer> lines = new HashSet<>();
      file.added().forEach(line -> lines.add(line.line()));
      changed.put(file.path(), lines);
    }
    List<Finding> findings = new ArrayList<>();
    List<String> unread = new ArrayList<>();
    SourceTree tree = subject.candidate().get();
    for (String path : tree.paths()) {
      if (Globs.anyMatches(globs, path)) {
        read(tree, path, changed, findings, unread);
      }
    }
    return unread.isEmpty()
        ? new Outcome.Inspected(findings)
        : new Outcome.Partly(findings, String.join("; ", unread));
  }

  private static void read(
      SourceTree tree,
      String path,
      Map<String, Set<Integer>> changed,
      List<Finding> findings,
      List<String> unread) {
    byte[] content = tree.read(path).orElse(new byte[0]);
    if (content.length > BYTES_MAX) {
      unread.add(Printable.of(path) + " is larger than " + BYTES_MAX + " bytes");
      return;
    }
    try {
      for (JsonNode run : JSON.readTree(content).path("runs")) {
        String tool = run.path("tool").path("driver").path("name").asString("scanner");
        for (JsonNode result : run.path("results")) {
          result(tool, result, changed, findings);
        }
      }
    } catch (JacksonException e) {
      unread.add(Printable.of(path) + " is no SARIF");
    }
  }

  private static void result(
      String tool, JsonNode result, Map<String, Set<Integer>> changed, List<Finding> findings) {
    for (JsonNode location : result.path("locations")) {
      JsonNode place = location.path("physicalLocation");
      String file = path(place.path("artifactLocation").path("uri").asString(""));
      int first = place.path("region").path("startLine").asInt(0);
      int last = Math.min(first + 1_000, place.path("region").path("endLine").asInt(first));
      Set<Integer> lines = changed.getOrDefault(file, Set.of());
      for (int line = first; line <= last; line++) {
        if (lines.contains(line)) {
          findings.add(finding(tool, result, file, line));
          break;
        }
      }
    }
  }

  private static String path(String uri) {
    String path = uri.startsWith("file://") ? uri.substring(7) : uri;
    return java.net.URLDecoder.decode(
            path.replace("+", "%2B").replaceAll("%(?![0-9A-Fa-f]{2})", "%25"),
            java.nio.charset.StandardCharsets.UTF_8)
        .replaceFirst("^\\./", "");
  }

  private static Finding finding(String tool, JsonNode result, String file, int line) {
    String name =
        (tool + "." + result.path("ruleId").asString("unnamed")).toLowerCase(java.util.Locale.ROOT);
    String rule = "sarif." + name.replaceAll("[^a-z0-9._-]+", "-");
    String message = Printable.of(result.path("message").path("text").asString(""));
    return new Finding(
        rule.substring(0, Math.min(rule.length(), 120)),
        Kind.SECURITY,
        severity(result),
        file,
        line,
        message.substring(0, Math.min(message.length(), 500)));
  }

  private static Severity severity(JsonNode result) {
    double score = result.path("properties").path("security-severity").asDouble(-1);
    if (score >= 9) {
      return Severity.CRITICAL;
    }
    if (score >= 7) {
      return Severity.HIGH;
    }
    return switch (result.path("level").asString("warning")) {
      case "error" -> Severity.HIGH;
      case "warning" -> Severity.MEDIUM;
      default -> Severity.LOW;
    };
  }
}

package dev.slipway.app.coverage;

import dev.slipway.agents.testing.TestReports;
import dev.slipway.change.Printable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads reports from files. What a file is, is told by its content, never by its name. One report
 * that cannot be read makes the whole unreadable: a part of the evidence is not the evidence.
 */
public final class ReportReader implements TestReports {
  @Override
  public Results results(Path root, List<String> globs) {
    String current = "";
    try {
      ReportFiles files = new ReportFiles(root, globs);
      SortedMap<String, Path> found = files.find();
      TestTally tally = new TestTally();
      int read = 0;
      for (Map.Entry<String, Path> file : found.entrySet()) {
        current = file.getKey();
        read += tests(files.read(file.getValue()), tally);
      }
      return read > 0 ? tally.results() : new Results.Unreadable(none(globs, found.keySet()));
    } catch (Malformed e) {
      return new Results.Unreadable(reason(current, e));
    }
  }

  /** How many reports the file is: one, or none where it is XML of another kind. */
  private static int tests(byte[] content, TestTally tally) throws Malformed {
    String start = start(content);
    if (start.startsWith("<")) {
      Xml xml = Xml.of(content);
      if (!xml.next() || !JunitXml.recognises(xml)) {
        return 0;
      }
      JunitXml.read(xml, tally);
      return 1;
    }
    String text = new String(content, StandardCharsets.UTF_8);
    if (GoTestJson.recognises(text)) {
      GoTestJson.read(text, tally);
      return 1;
    }
    throw new Malformed("it is neither JUnit XML nor the output of go test -json");
  }

  @Override
  public CoverageResult coverage(Path root, List<String> globs, List<String> sources) {
    String current = "";
    try {
      ReportFiles files = new ReportFiles(root, globs);
      SortedMap<String, Path> found = files.find();
      if (found.isEmpty()) {
        return new CoverageResult.Unreadable(none(globs, List.of()));
      }
      SourceMatch tree = new SourceMatch(root, sources);
      Map<String, SortedMap<Integer, Boolean>> joined = new TreeMap<>();
      for (Map.Entry<String, Path> file : found.entrySet()) {
        current = file.getKey();
        join(tree, current, reported(files.read(file.getValue()), tree), joined);
      }
      return new CoverageResult.Covered(joined);
    } catch (Malformed e) {
      return new CoverageResult.Unreadable(reason(current, e));
    }
  }

  private static Reported reported(byte[] content, SourceMatch tree) throws Malformed {
    String start = start(content);
    if (start.startsWith("<")) {
      return reported(Xml.of(content));
    }
    String text = new String(content, StandardCharsets.UTF_8);
    if (start.startsWith("mode: ")) {
      return GoProfile.read(text, GoModules.of(tree));
    }
    if (start.startsWith("TN:") || start.startsWith("SF:")) {
      return LcovText.read(text);
    }
    throw new Malformed("it is neither JaCoCo XML, Cobertura XML, LCOV nor a Go cover profile");
  }

  private static Reported reported(Xml xml) throws Malformed {
    if (!xml.next()) {
      throw new Malformed("it is an empty XML document");
    }
    if (xml.starts("report")) {
      return JacocoXml.read(xml);
    }
    // Clover's root has the same name, but says when it was generated.
    if (xml.starts("coverage") && xml.attribute("generated").isEmpty()) {
      return CoberturaXml.read(xml);
    }
    throw new Malformed("<" + xml.name() + "> is neither JaCoCo's nor Cobertura's XML");
  }

  private static void join(
      SourceMatch tree,
      String report,
      Reported reported,
      Map<String, SortedMap<Integer, Boolean>> joined)
      throws Malformed {
    for (SourceMatch.Matched file : tree.match(report, reported)) {
      SortedMap<Integer, Boolean> lines =
          joined.computeIfAbsent(file.source(), source -> new TreeMap<>());
      file.coverage()
          .lines(() -> tree.text(file.source()))
          .forEach((line, executed) -> lines.merge(line, executed, Boolean::logicalOr));
    }
  }

  /** The first characters that are not blank or a byte order mark, to tell the format by. */
  private static String start(byte[] content) {
    String text = new String(content, 0, Math.min(content.length, 200), StandardCharsets.UTF_8);
    String narrow = text.replace("\0", "").replace("\uFFFD", "").replace("\uFEFF", "");
    return narrow.stripLeading();
  }

  private static String none(List<String> globs, Collection<String> others) {
    return others.isEmpty()
        ? "no file matches " + globs + ": the tests left no report there"
        : "none of the files that match "
            + globs
            + " is a test report, such as "
            + others.iterator().next();
  }

  private static String reason(String file, Malformed e) {
    return file.isEmpty() ? e.why() : Printable.of(file) + ": " + e.why();
  }
}

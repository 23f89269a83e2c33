package dev.slipway.app.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.agents.testing.TestReports.CoverageResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CoverageTest {
  @TempDir Path root;

  private final List<String> sources = new ArrayList<>();

  /** Puts empty files into the tree. */
  private void tree(String... paths) {
    for (String path : paths) {
      Reports.put(root, path, "");
      sources.add(path);
    }
  }

  private CoverageResult read(String... globs) {
    return new ReportReader().coverage(root, List.of(globs), sources);
  }

  private Map<String, SortedMap<Integer, Boolean>> covered(String... globs) {
    return switch (read(globs)) {
      case CoverageResult.Covered(Map<String, SortedMap<Integer, Boolean>> lines) -> lines;
      case CoverageResult.Unreadable(String reason) -> throw new AssertionError(reason);
    };
  }

  private String unreadable(String... globs) {
    return switch (read(globs)) {
      case CoverageResult.Covered covered -> throw new AssertionError(covered);
      case CoverageResult.Unreadable(String reason) -> reason;
    };
  }

  private String unreadableReport(String content) {
    Reports.put(root, "report", content);
    return unreadable("report");
  }

  /** Lines that were executed are positive, those that were not negative. */
  private static SortedMap<Integer, Boolean> lines(int... lines) {
    SortedMap<Integer, Boolean> map = new TreeMap<>();
    for (int line : lines) {
      map.put(Math.abs(line), line > 0);
    }
    return map;
  }

  @Test
  void jacocoCountsALineByItsInstructions() {
    tree("src/main/java/demo/Prices.java", "src/test/java/demo/PricesTest.java");
    Reports.put(root, "target/site/jacoco/jacoco.xml", Reports.real("jacoco.xml"));

    // Line 15 was begun and ended by an exception: no branch was taken, yet it was executed.
    assertThat(covered("target/site/jacoco/jacoco.xml"))
        .isEqualTo(
            Map.of("src/main/java/demo/Prices.java", lines(7, -8, 10, 14, 15, -16, -18, -22)));
  }

  @Test
  void coberturaCountsALineByItsHits() {
    tree("shop/__init__.py", "shop/prices.py", "tests/test_prices.py");
    Reports.put(root, "coverage.xml", Reports.real("coverage-py-branch.xml"));

    assertThat(covered("coverage.xml"))
        .containsEntry("shop/prices.py", lines(1, 2, -3, 4, 7, -9, 12, 13, -14, -15));
  }

  @Test
  void coberturaWithoutBranchesSaysTheSame() {
    tree("shop/__init__.py", "shop/prices.py", "tests/test_prices.py");
    Reports.put(root, "coverage.xml", Reports.real("coverage-py.xml"));

    Map<String, SortedMap<Integer, Boolean>> lines = covered("coverage.xml");
    assertThat(lines)
        .containsOnlyKeys("shop/__init__.py", "shop/prices.py", "tests/test_prices.py")
        .containsEntry("shop/prices.py", lines(1, 2, -3, 4, 7, -9, 12, 13, -14, -15));
  }

  @Test
  void lcovOfCoveragePySaysTheSame() {
    tree("shop/__init__.py", "shop/prices.py");
    Reports.put(root, "py.lcov", Reports.real("coverage-py.lcov"));

    assertThat(covered("*.lcov"))
        .containsEntry("shop/prices.py", lines(1, 2, -3, 4, 7, -9, 12, 13, -14, -15));
  }

  @Test
  void lcovOfNodeJestAndVitest() {
    tree("lib/prices.js", "src/prices.js");
    Reports.put(root, "node.info", Reports.real("node.lcov"));
    assertThat(covered("node.info"))
        .isEqualTo(Map.of("lib/prices.js", lines(1, 2, -3, -4, 5, 6, 7, 8, -9, -10)));

    Reports.put(root, "coverage/lcov.info", Reports.real("jest.lcov"));
    assertThat(covered("coverage/lcov.info"))
        .isEqualTo(Map.of("src/prices.js", lines(2, -3, 5, 8)));

    Reports.put(root, "coverage/lcov.info", Reports.real("vitest.lcov"));
    assertThat(covered("coverage/lcov.info"))
        .isEqualTo(Map.of("src/prices.js", lines(1, 2, -3, -4, 5, 6)));
  }

  @Test
  void goProfilesCountTheLinesThatHaveCode() {
    tree("prices/prices.go", "go.mod");
    Reports.put(root, "go.mod", "module example.com/shop\n\ngo 1.19\n");
    Reports.put(root, "prices/prices.go", Reports.real("prices.go.txt"));
    Reports.put(root, "coverage.out", Reports.real("go.profile"));

    assertThat(covered("coverage.out"))
        .isEqualTo(Map.of("prices/prices.go", lines(7, -8, 10, 14, 15, -18, 20, -23)));
  }

  @Test
  void goProfilesWithoutTheSourceCountWholeBlocks() {
    sources.add("prices/prices.go");
    Reports.put(root, "coverage.out", Reports.real("go.profile"));

    assertThat(covered("coverage.out"))
        .isEqualTo(
            Map.of(
                "prices/prices.go",
                lines(6, 7, -8, -9, 10, 13, 14, 15, -16, -17, -18, -19, 20, -23)));
  }

  @Test
  void goModulesInSubdirectories() {
    tree("go.mod", "tools/go.mod", "tools/x/a.go", "x/a.go");
    Reports.put(root, "go.mod", "module example.com/shop\n");
    Reports.put(root, "tools/go.mod", "// tools\nmodule \"example.com/shop/tools\"\n");
    Reports.put(
        root,
        "c.out",
        "mode: count\nexample.com/shop/tools/x/a.go:1.1,1.9 1 3\nexample.com/shop/x/a.go:2.1,2.9 1 0\n");

    assertThat(covered("c.out").keySet()).containsExactly("tools/x/a.go", "x/a.go");
  }

  @Test
  void reportsAreJoined() {
    tree("lib/a.js");
    Reports.put(root, "a.info", "SF:lib/a.js\nDA:1,1\nDA:2,0\nend_of_record\n");
    Reports.put(root, "b.info", "SF:lib/a.js\nDA:2,5\nDA:3,0\nend_of_record\n");

    assertThat(covered("*.info")).isEqualTo(Map.of("lib/a.js", lines(1, 2, -3)));
  }

  @Test
  void oneReportThatCannotBeReadMakesAllUnreadable() {
    tree("lib/a.js");
    Reports.put(root, "a.info", "SF:lib/a.js\nDA:1,1\nend_of_record\n");
    Reports.put(root, "b.info", "SF:lib/a.js\nDA:2,5\n");

    assertThat(unreadable("*.info")).isEqualTo("b.info: it ends inside a record: it was cut off");
  }

  @Test
  void hugeNegativeAndStrangeCounts() {
    tree("a.js");
    Reports.put(
        root,
        "a.info",
        "SF:a.js\nDA:1,99999999999\nDA:2,-1\nDA:3,NaN\nDA:4,1e3\nDA:5,=\nDA:0,1\nDA:-3,1\nend_of_record");

    assertThat(covered("a.info")).isEqualTo(Map.of("a.js", lines(1, -2, -3, 4, -5)));
  }

  @Test
  void whatIsNoCoverageIsUnreadable() {
    tree("a.js");
    assertThat(unreadable("nothing.xml")).contains("no file matches [nothing.xml]");
    assertThat(unreadableReport("hello")).contains("neither JaCoCo XML, Cobertura XML, LCOV nor");
    assertThat(unreadableReport("<coverage generated=\"1\"><project/></coverage>"))
        .contains("<coverage> is neither");
    assertThat(unreadableReport("<html/>")).contains("<html> is neither");
    assertThat(unreadableReport("<coverage/>")).isEqualTo("report: it names no files");
    assertThat(unreadableReport("mode: set\n")).isEqualTo("report: it names no files");
    assertThat(unreadableReport("mode: set\nrubbish\n"))
        .isEqualTo("report: line 2 is not a block of a cover profile");
    assertThat(unreadableReport("TN:\nDA:1,1\n")).contains("has no file or no count (line 2)");
    assertThat(unreadableReport("SF:a.js\nDA:x,1\nend_of_record"))
        .isEqualTo("report: 'x' is not a line number (line 2)");
    assertThat(unreadableReport("SF:a.js\nDA:99999999,1\nend_of_record"))
        .isEqualTo("report: line 99999999 is beyond any file (line 2)");
    assertThat(
            unreadableReport(
                "<report name=\"x\"><package name=\"p\"><sourcefile name=\"A.java\"><line ci=\"1\"/>"))
        .contains("<line> has no nr");
  }

  @Test
  void aReportOfAnotherTreeIsUnreadable() {
    tree("a.js");
    assertThat(unreadableReport("SF:src/b.js\nDA:1,1\nend_of_record"))
        .isEqualTo("report: none of the 1 files it names is in the tree, such as src/b.js");
  }

  @Test
  void t1AndT2EntitiesAreRefused() {
    tree("shop/prices.py");
    assertThat(
            unreadableReport(
                "<!DOCTYPE coverage [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><coverage><sources>"
                    + "<source>&x;</source></sources></coverage>"))
        .startsWith("report: it is not well-formed XML");
    StringBuilder bomb = new StringBuilder("<!DOCTYPE c [<!ENTITY a0 \"a\">");
    for (int i = 1; i < 40; i++) {
      bomb.append("<!ENTITY a%d \"&a%d;&a%d;\">".formatted(i, i - 1, i - 1));
    }
    assertThat(unreadableReport(bomb + "]><coverage><source>&a39;</source></coverage>"))
        .startsWith("report: it is not well-formed XML");
  }

  @Test
  void blocksThatSpanTheWorldAreRefused() {
    tree("a.go");
    assertThat(unreadableReport("mode: set\n" + "a.go:1.1,9999999.1 1 1\n".repeat(3)))
        .contains("span more than 20000000 lines");
  }
}

package dev.slipway.app.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.agents.testing.TestReports.CoverageResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which file of the tree a report means. */
class SourceMatchTest {
  @TempDir Path root;

  private final List<String> sources = new ArrayList<>();

  private void tree(String... paths) {
    for (String path : paths) {
      Reports.put(root, path, "");
      sources.add(path);
    }
  }

  private static String lcov(String... names) {
    StringBuilder text = new StringBuilder();
    Arrays.stream(names).forEach(name -> text.append("SF:" + name + "\nDA:1,1\nend_of_record\n"));
    return text.toString();
  }

  private static String jacoco(String inner) {
    return "<report name=\"r\">" + inner + "</report>";
  }

  private static String source(String folder, String name) {
    return "<package name=\"%s\"><sourcefile name=\"%s\"><line nr=\"1\" ci=\"1\"/></sourcefile></package>"
        .formatted(folder, name);
  }

  private Set<String> matched(String service, String report, String content) {
    return switch (read(service, report, content)) {
      case CoverageResult.Covered(var lines) -> lines.keySet();
      case CoverageResult.Unreadable(String reason) -> throw new AssertionError(reason);
    };
  }

  private String unreadable(String report, String content) {
    return switch (read(".", report, content)) {
      case CoverageResult.Covered covered -> throw new AssertionError(covered);
      case CoverageResult.Unreadable(String reason) -> reason;
    };
  }

  private CoverageResult read(String service, String report, String content) {
    Path directory = root.resolve(service).normalize();
    Reports.put(directory, report, content);
    return new ReportReader().coverage(directory, List.of(report), sources);
  }

  @Test
  void pathsOfAServiceInASubdirectoryAreThoseOfTheTree() {
    tree("orders/src/a.js", "web/src/a.js", "src/a.js");

    assertThat(matched("orders", "lcov.info", lcov("src/a.js"))).containsExactly("orders/src/a.js");
    assertThat(matched("web", "coverage/lcov.info", lcov("src/a.js")))
        .containsExactly("web/src/a.js");
    assertThat(matched(".", "coverage/lcov.info", lcov("src/a.js"))).containsExactly("src/a.js");
  }

  @Test
  void aNameIsLookedForBesideTheReportFirst() {
    tree("packages/a/src/i.js", "packages/b/src/i.js");

    assertThat(matched(".", "packages/b/coverage/lcov.info", lcov("src/i.js")))
        .containsExactly("packages/b/src/i.js");
    assertThat(matched(".", "coverage/lcov.info", lcov("packages/a/src/i.js")))
        .containsExactly("packages/a/src/i.js");
  }

  @Test
  void absoluteNamesHere() {
    tree("lib/a.js", "a.js");
    String here = root.toAbsolutePath().toString();

    assertThat(matched(".", "lcov.info", lcov(here + "/lib/a.js"))).containsExactly("lib/a.js");
    // What lies elsewhere is a library, even where its name ends like a file of the tree.
    assertThat(matched(".", "lcov.info", lcov(here + "/lib/a.js", "/usr/lib/node/a.js")))
        .containsExactly("lib/a.js");
  }

  @Test
  void absoluteNamesOfAnotherMachine() {
    tree("lib/a.js", "lib/b.js", "a.js");

    assertThat(
            matched(
                ".", "lcov.info", lcov("/builds/7/lib/a.js", "/builds/7/lib/b.js", "/opt/x/a.js")))
        .containsExactly("lib/a.js", "lib/b.js");
    assertThat(matched(".", "lcov.info", lcov("C:\\builds\\7\\lib\\b.js")))
        .containsExactly("lib/b.js");
  }

  @Test
  void coberturaSourceDirectories() {
    tree("service/app/a.py", "a.py");
    String report =
        "<coverage><sources><source>/builds/1/service/app</source><source>.</source></sources>"
            + "<class filename=\"a.py\"><lines><line number=\"1\" hits=\"1\"/></lines></class></coverage>";

    assertThat(matched(".", "coverage.xml", report)).containsExactly("service/app/a.py");
  }

  @Test
  void jacocoNamesAreFoundInTheModuleOfTheReport() {
    tree("a/src/main/java/p/X.java", "b/src/main/java/p/X.java", "b/src/main/java/p/Y.java");

    assertThat(matched(".", "b/target/site/jacoco/jacoco.xml", jacoco(source("p", "X.java"))))
        .containsExactly("b/src/main/java/p/X.java");
    assertThat(matched(".", "a/target/site/jacoco/jacoco.xml", jacoco(source("p", "Y.java"))))
        .containsExactly("b/src/main/java/p/Y.java");
  }

  @Test
  void jacocoGroupsNameTheModule() {
    tree("a/src/main/java/p/X.java", "b/src/main/java/p/X.java");
    String groups =
        "<group name=\"a\">%1$s</group><group name=\"b\">%1$s</group>"
            .formatted(source("p", "X.java"));

    assertThat(matched(".", "report/jacoco.xml", jacoco(groups)))
        .containsExactly("a/src/main/java/p/X.java", "b/src/main/java/p/X.java");
  }

  @Test
  void whatCouldBeSeveralFilesIsTold() {
    tree("a/src/main/java/p/X.java", "b/src/main/java/p/X.java");

    assertThat(unreadable("jacoco.xml", jacoco(source("p", "X.java"))))
        .isEqualTo(
            "jacoco.xml: p/X.java could be any of"
                + " [a/src/main/java/p/X.java, b/src/main/java/p/X.java]");
  }

  @Test
  void theUsualSourceDirectoryIsMeantRatherThanASample() {
    tree("src/main/java/p/X.java", "src/it/sample/src/main/java/p/X.java");

    assertThat(matched(".", "target/site/jacoco/jacoco.xml", jacoco(source("p", "X.java"))))
        .containsExactly("src/main/java/p/X.java");
  }

  @Test
  void kotlinMayLeaveOutPackages() {
    tree("src/main/kotlin/shop/Prices.kt");

    assertThat(matched(".", "jacoco.xml", jacoco(source("com/example/shop", "Prices.kt"))))
        .containsExactly("src/main/kotlin/shop/Prices.kt");
  }

  @Test
  void generatedCodeIsLeftOut() {
    tree("src/main/java/p/X.java");

    assertThat(
            matched(".", "jacoco.xml", jacoco(source("p", "X.java") + source("gen", "Gen.java"))))
        .containsExactly("src/main/java/p/X.java");
  }

  @Test
  void namesThatLeadOutsideAreNoFilesOfTheTree() {
    tree("a.js");

    assertThat(unreadable("lcov.info", lcov("../../etc/passwd", "", "/", "..")))
        .contains("none of the 4 files");
  }
}

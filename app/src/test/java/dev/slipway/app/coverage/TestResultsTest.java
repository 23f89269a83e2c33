package dev.slipway.app.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.agents.testing.TestReports.Failure;
import dev.slipway.agents.testing.TestReports.Results;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestResultsTest {
  @TempDir Path root;

  private Results read() {
    return new ReportReader().results(root, List.of("**/*"));
  }

  private Results.Ran ran(String report) {
    Reports.put(root, "report", Reports.real(report));
    return ran();
  }

  private Results.Ran ran() {
    return switch (read()) {
      case Results.Ran ran -> ran;
      case Results.Unreadable(String reason) -> throw new AssertionError(reason);
    };
  }

  private String unreadable(String content) {
    Reports.put(root, "report", content);
    return unreadable();
  }

  private String unreadable() {
    return switch (read()) {
      case Results.Ran ran -> throw new AssertionError(ran);
      case Results.Unreadable(String reason) -> reason;
    };
  }

  private static List<String> names(Results.Ran ran) {
    return ran.failures().stream().map(Failure::test).toList();
  }

  @Test
  void surefire() {
    Results.Ran ran = ran("surefire.xml");
    assertThat(ran.executed()).isEqualTo(7);
    assertThat(ran.skipped()).isEqualTo(1);
    assertThat(names(ran)).containsExactly("demo.PricesTest.breaks", "demo.PricesTest.isWrong");
    assertThat(ran.failures().getFirst().message()).isEqualTo("broken");
    assertThat(ran.failures().get(1).message()).contains("expected: <1> but was: <0>");
  }

  @Test
  void pytestWithErrorsOfSetupAndTeardown() {
    Results.Ran ran = ran("pytest.xml");
    assertThat(ran.executed()).isEqualTo(8);
    assertThat(ran.skipped()).isEqualTo(2);
    assertThat(names(ran))
        .containsExactly(
            "tests.test_prices.test_wrong",
            "tests.test_prices.test_error",
            "tests.test_prices.test_both",
            "tests.test_prices.test_both");
  }

  @Test
  void nodeWithTerminalEscapesAndATestThatIsYetToDo() {
    Results.Ran ran = ran("node.xml");
    assertThat(ran.executed()).isEqualTo(6);
    assertThat(ran.skipped()).isEqualTo(2);
    assertThat(names(ran)).containsExactly("test.is wrong", "test.diff", "test.inner fails");
  }

  @Test
  void jest() {
    Results.Ran ran = ran("jest.xml");
    assertThat(ran.executed()).isEqualTo(4);
    assertThat(ran.skipped()).isEqualTo(1);
    assertThat(names(ran)).containsExactly("prices is wrong");
    assertThat(ran.failures().getFirst().message()).startsWith("Error: expect(received)");
  }

  @Test
  void vitestWithASuiteThatDoesNotLoad() {
    Results.Ran ran = ran("vitest.xml");
    assertThat(ran.executed()).isEqualTo(3);
    assertThat(ran.skipped()).isEqualTo(2);
    assertThat(names(ran))
        .containsExactly("src/broken.test.js", "src/prices.test.js.prices > is wrong");
  }

  @Test
  void gotestsumWithAPackageThatDoesNotCompile() {
    Results.Ran ran = ran("gotestsum.xml");
    assertThat(ran.executed()).isEqualTo(6);
    assertThat(ran.skipped()).isEqualTo(1);
    assertThat(names(ran))
        .containsExactly(
            "example.com/shop/prices.TestWrong",
            "example.com/shop/prices.TestMany/two",
            "example.com/shop/prices.TestMany",
            "suite without a name");
    assertThat(ran.failures().getFirst().message()).contains("a <wrong> one: 0");
    assertThat(ran.failures().getLast().message())
        .isEqualTo("it states 4 failures and errors, and lists 3");
  }

  @Test
  void goTestJsonWithAPackageThatDoesNotCompile() {
    Results.Ran ran = ran("go-test.json");
    assertThat(ran.executed()).isEqualTo(6);
    assertThat(ran.skipped()).isEqualTo(1);
    assertThat(names(ran))
        .containsExactly(
            "example.com/shop/broken [build failed]",
            "example.com/shop/prices.TestWrong",
            "example.com/shop/prices.TestMany/two",
            "example.com/shop/prices.TestMany");
    assertThat(ran.failures().get(1).message()).contains("a <wrong> one: 0");
  }

  @Test
  void aGoTestThatNeverEndsIsAFailure() {
    Reports.put(
        root,
        "report",
        """
        {"Action":"run","Package":"p","Test":"TestExit"}
        {"Action":"output","Package":"p","Test":"TestExit","Output":"about to exit\\n"}
        {"Action":"output","Package":"p","Output":"exit status 3\\n"}
        {"Action":"fail","Package":"p"}
        """);
    Results.Ran ran = ran();
    assertThat(names(ran)).containsExactly("p", "p.TestExit");
    assertThat(ran.failures().getFirst().message()).contains("exit status 3");
    assertThat(ran.failures().getLast().message()).contains("about to exit");
  }

  @Test
  void reportsAreAddedUp() {
    Reports.put(root, "a/TEST-a.xml", Reports.real("surefire.xml"));
    Reports.put(root, "b/TEST-b.xml", Reports.real("vitest.xml"));
    Results.Ran ran = ran();
    assertThat(ran.executed()).isEqualTo(10);
    assertThat(ran.skipped()).isEqualTo(3);
    assertThat(ran.failures()).hasSize(4);
  }

  @Test
  void xmlOfAnotherKindBesideAReportIsLeftOut() {
    Reports.put(root, "testng-results.xml", "<testng-results/>");
    assertThat(unreadable()).contains("none of the files that match").contains("testng-results");
    Reports.put(root, "TEST-a.xml", Reports.real("surefire.xml"));
    assertThat(ran().executed()).isEqualTo(7);
  }

  @Test
  void noReportIsUnreadable() {
    assertThat(unreadable()).contains("no file matches [**/*]");
  }

  @Test
  void aReportThatIsCutOffIsUnreadable() {
    String whole = Reports.text("surefire.xml");
    assertThat(unreadable(whole.substring(0, whole.length() / 2)))
        .startsWith("report: it is not well-formed XML");
    assertThat(unreadable("{\"Action\":\"run\",\"Package\":\"p\"}\n{\"Action\":\"pa"))
        .startsWith("report: line 2 is not JSON: Unexpected end-of-input");
    assertThat(unreadable("ok")).contains("neither JUnit XML nor the output of go test -json");
    assertThat(unreadable("")).contains("neither JUnit XML nor the output of go test -json");
  }

  @Test
  void aRetriedTestThatPassedIsNoFailure() {
    Reports.put(
        root,
        "report",
        """
        <testsuite name="s" tests="2" failures="1" flakes="1">
          <testcase name="a"><flakyFailure message="first"><stackTrace>x</stackTrace></flakyFailure></testcase>
          <testcase name="b"><failure message="m"/><rerunFailure message="again"/></testcase>
        </testsuite>
        """);
    assertThat(names(ran())).containsExactly("b");
    assertThat(ran().executed()).isEqualTo(2);
  }

  @Test
  void t1ExternalEntitiesAreRefused() {
    Reports.put(root, "secret", "top secret");
    String xml =
        """
        <?xml version="1.0"?>
        <!DOCTYPE testsuite [<!ENTITY x SYSTEM "file://%s/secret">]>
        <testsuite><testcase name="a"><failure>&x;</failure></testcase></testsuite>
        """
            .formatted(root);
    Reports.put(root, "r/report.xml", xml);
    Results results = new ReportReader().results(root, List.of("r/*.xml"));
    assertThat(results).isInstanceOf(Results.Unreadable.class);
    assertThat(results.toString()).doesNotContain("top secret");

    String parameter =
        "<!DOCTYPE t [<!ENTITY % p SYSTEM \"http://127.0.0.1:1/x.dtd\"> %p;]>"
            + "<testsuite><testcase name=\"a\"/></testsuite>";
    Reports.put(root, "r/report.xml", parameter);
    assertThat(new ReportReader().results(root, List.of("r/*.xml")))
        .isEqualTo(new Results.Ran(1, 0, List.of()));
  }

  @Test
  void t2ABillionLaughsAreRefused() {
    StringBuilder xml = new StringBuilder("<!DOCTYPE t [<!ENTITY a0 \"ha\">");
    for (int i = 1; i < 30; i++) {
      xml.append("<!ENTITY a%d \"&a%d;&a%d;\">".formatted(i, i - 1, i - 1));
    }
    xml.append("]><testsuite><testcase name=\"&a29;\"/></testsuite>");
    assertThat(unreadable(xml.toString())).startsWith("report: it is not well-formed XML");
  }

  @Test
  void t3NumbersOfAnyKindDoNotMatter() {
    Reports.put(
        root,
        "report",
        """
        <testsuite name="s" tests="NaN" failures="-1" errors="1,5" time="1.234,56">
          <testcase name="a" time="NaN"/><testcase name="b" time="-7"/><testcase name="c" time="∞"/>
        </testsuite>
        """);
    assertThat(ran()).isEqualTo(new Results.Ran(3, 0, List.of()));
  }

  @Test
  void t4ZeroTestsAreZeroTests() {
    Reports.put(root, "report", "<testsuites tests=\"12\"><testsuite name=\"s\"/></testsuites>");
    assertThat(ran()).isEqualTo(new Results.Ran(0, 0, List.of()));
  }

  @Test
  void whatIsNoRegularFileIsNoReport() throws Exception {
    Files.createSymbolicLink(root.resolve("report"), Path.of("/dev/zero"));
    assertThat(unreadable()).contains("no file matches");
    Files.createSymbolicLink(root.resolve("reports"), Path.of("/etc"));
    assertThat(new ReportReader().results(root, List.of("reports/*")))
        .isInstanceOf(Results.Unreadable.class);
    Files.delete(root.resolve("report"));
    Files.delete(root.resolve("reports"));
  }

  @Test
  void aReportThatIsTooLargeIsRefused() throws Exception {
    try (var file = new RandomAccessFile(root.resolve("report").toFile(), "rw")) {
      file.setLength(ReportFiles.FILE_BYTES_MAX + 1);
    }
    assertThat(unreadable()).isEqualTo("report: it is larger than 50 MB");
  }

  @Test
  void deepNestingIsRefused() {
    assertThat(unreadable("<testsuite>".repeat(10_000))).startsWith("report: ");
    assertThat(unreadable("<a>".repeat(10_000))).contains("none of the files");
    assertThat(unreadable("<testsuite><testcase name=\"a\">" + "<a>".repeat(100_000)))
        .startsWith("report: ");
  }

  @Test
  void manyAndLongFailuresAreCut() {
    String failing = "<testcase name=\"a\"><failure message=\"%s\"/></testcase>";
    Reports.put(
        root,
        "report",
        "<testsuite>" + failing.formatted("x".repeat(5_000)).repeat(1_500) + "</testsuite>");
    Results.Ran ran = ran();
    assertThat(ran.executed()).isEqualTo(1_500);
    assertThat(ran.failures()).hasSize(1_001);
    assertThat(ran.failures().getLast().test()).isEqualTo("500 more failures");
    assertThat(ran.failures()).allSatisfy(f -> assertThat(f.message()).hasSizeLessThan(2_002));
  }

  @Test
  void utf16IsRead() {
    String xml =
        "<?xml version=\"1.0\" encoding=\"UTF-16\"?><testsuite><testcase name=\"ä\"/></testsuite>";
    Reports.put(root, "report", xml.getBytes(StandardCharsets.UTF_16));
    assertThat(ran().executed()).isEqualTo(1);
  }
}

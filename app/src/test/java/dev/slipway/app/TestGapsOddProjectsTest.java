package dev.slipway.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.app.TestGapsRun.Said;
import dev.slipway.app.TestGapsRun.Written;
import dev.slipway.app.anthropic.Aimock;
import dev.slipway.app.anthropic.Aimock.Fixture;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/**
 * {@code slipway test-gaps} where something is not as it usually is: a polite answer, the right
 * exit code, JSON. Tests are run by a shell script that takes the place of pytest.
 */
class TestGapsOddProjectsTest {
  /**
   * A test passes if it asserts that the price is what the source returns; it executes the line if
   * it calls {@code price}. Two generated tests do not get along with each other.
   */
  private static final String PYTEST =
      """
      files=${*:-$(ls test_*.py 2>/dev/null)}
      executed=0; failed=0; called=0; price=$(sed -n 's/^    return \\([0-9]*\\)$/\\1/p' shop.py)
      for file in $files; do
        executed=$((executed + 1))
        grep -q 'price()' $file && called=1
        grep -q 'assert price()' $file && ! grep -q "assert price() == $price\\$" $file && failed=1
      done
      [ $# -gt 0 ] || [ $(ls test_shop_gap_*.py 2>/dev/null | wc -l) -lt 2 ] || failed=1
      {
        echo '<testsuite>'
        i=0; while [ $i -lt $executed ]; do i=$((i + 1)); echo "<testcase classname='t' name='t$i'>"
        [ $failed = 1 ] && echo '<failure message="not so"/>'; echo '</testcase>'; done
        echo '</testsuite>'
      } > report.xml
      {
        echo SF:shop.py
        awk -v called=$called '{ print "DA:" NR "," (/^    return/ ? called : 1) }' shop.py
        echo end_of_record
      } > lcov.info
      exit $failed
      """;

  private static final String CONFIGURATION =
      """
      version: 1
      services:
        shop:
          kind: library
          paths: ["**"]
          test:
            command: [sh, pytest.sh]
            coverage: [lcov.info]
            junit: [report.xml]
      """;

  private static final String SOURCE = "def name():\n  return 'shop'\n";
  private static final String PRICED = SOURCE + "\n\ndef price():\n    return 1\n";

  @TempDir Path root;
  private final Map<String, String> files =
      new LinkedHashMap<>(
          Map.of(
              ".slipway.yml",
              CONFIGURATION,
              "pytest.sh",
              PYTEST,
              "shop.py",
              SOURCE,
              "test_shop.py",
              "assert name() == 'shop'\n"));
  private Path home;

  @BeforeEach
  void makeHome() throws Exception {
    home = Files.createDirectory(root.resolve("home"));
  }

  private TestGapsRun project() throws Exception {
    return new TestGapsRun(home, Shop.of(Files.createDirectories(root.resolve("shop")), files));
  }

  private TestGapsRun priced() throws Exception {
    TestGapsRun gaps = project();
    gaps.shop().branch("change", "shop.py", PRICED);
    return gaps;
  }

  private static JsonNode answer(TestGapsRun gaps, int exit) {
    return answer(gaps, "main", "change", exit);
  }

  private static JsonNode answer(TestGapsRun gaps, String base, String head, int exit) {
    Said said = gaps.said(base, head, "--sandbox", "none");
    assertThat(said.exit()).as(said.out() + said.err()).isEqualTo(exit);
    assertThat(said.err()).isEmpty();
    return said.json();
  }

  private static List<String> messages(JsonNode view) {
    return view.path("reasons").valueStream().map(it -> it.path("message").asString()).toList();
  }

  private static void usage(Said said, String... words) {
    assertThat(said.exit()).as(said.out() + said.err()).isEqualTo(2);
    assertThat(said.out()).isEmpty();
    assertThat(said.err()).startsWith("slipway: ").contains(words).doesNotContain("Exception");
  }

  @Test
  void theUsual() throws Exception {
    JsonNode view = answer(priced(), 3);
    assertThat(view.path("verdict").asString()).isEqualTo("fail");
    assertThat(view.path("gaps")).hasSize(1);
    assertThat(view.path("gaps").get(0).path("function").asString()).isEqualTo("price");
    assertThat(view.path("gaps").get(0).path("lines").get(0).asInt()).isEqualTo(6);
  }

  @Test
  void headEqualToBase() throws Exception {
    JsonNode view = answer(project(), "main", "main", 4);
    assertThat(view.path("verdict").asString()).isEqualTo("not_run");
    assertThat(messages(view))
        .anySatisfy(it -> assertThat(it).contains("the change touches no service"));
  }

  @Test
  void aServiceWithoutTests() throws Exception {
    files.put(".slipway.yml", CONFIGURATION.substring(0, CONFIGURATION.indexOf("    test:")));
    JsonNode view = answer(priced(), 4);
    assertThat(view.path("notes").get(0).asString())
        .isEqualTo("shop has no tests by the base branch's configuration");
  }

  @Test
  void noTestAtAll() throws Exception {
    files.remove("test_shop.py");
    JsonNode view = answer(priced(), 3);
    assertThat(messages(view)).contains("no test was executed");
    assertThat(view.path("gaps")).hasSize(1);
  }

  @Test
  void noCoverageReportIsConfigured() throws Exception {
    files.put(".slipway.yml", CONFIGURATION.replace("      coverage: [lcov.info]\n", ""));
    JsonNode view = answer(priced(), 4);
    assertThat(view.path("verdict").asString()).isEqualTo("not_run");
    assertThat(messages(view))
        .anySatisfy(it -> assertThat(it).contains("shop has no coverage report"));
  }

  @Test
  void theCoverageReportIsNotThere() throws Exception {
    files.put(".slipway.yml", CONFIGURATION.replace("[lcov.info]", "[other.info]"));
    assertThat(messages(answer(priced(), 4)))
        .anySatisfy(it -> assertThat(it).contains("no file matches [other.info]"));
  }

  @Test
  void noConfiguration() throws Exception {
    files.remove(".slipway.yml");
    JsonNode view = answer(priced(), 4);
    assertThat(view.path("verdict").asString()).isEqualTo("not_run");
    assertThat(messages(view)).singleElement().asString().contains("slipway init");
  }

  @Test
  void aConfigurationThatIsNotValid() throws Exception {
    files.put(".slipway.yml", "version: 1\nservises: {}\n");
    usage(priced().said("main", "change", "--sandbox", "none"), "servises");
  }

  @Test
  void onlyDeletedFiles() throws Exception {
    files.put("notes.py", "note = 1\n");
    TestGapsRun gaps = project();
    gaps.shop().git("checkout", "-q", "-b", "change");
    gaps.shop().git("rm", "-q", "notes.py");
    gaps.shop().commit("No notes");
    JsonNode view = answer(gaps, 0);
    assertThat(view.path("verdict").asString()).isEqualTo("pass");
    assertThat(view.path("gaps")).isEmpty();
  }

  @Test
  void onlyTheTestsAreDeleted() throws Exception {
    TestGapsRun gaps = project();
    gaps.shop().git("checkout", "-q", "-b", "change");
    gaps.shop().git("rm", "-q", "test_shop.py");
    gaps.shop().commit("No tests");
    assertThat(messages(answer(gaps, 4))).contains("no test was executed");
  }

  @Test
  void binaryFiles() throws Exception {
    TestGapsRun gaps = project();
    gaps.shop().branch("change", "logo.png", "\u0089PNG\r\n\u0000\u0000");
    assertThat(answer(gaps, 0).path("gaps")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nowhere",
        "deadbeef",
        "main:shop.py",
        "main^{tree}",
        "main^9",
        "a..b",
        "--upload-pack=touch x",
        "$(touch x)",
        "\u001b[2J",
        "@{",
      })
  void anUnknownRevision(String revision) throws Exception {
    TestGapsRun gaps = project();
    Said said = gaps.said("main", revision.replaceFirst("^-", "x-"), "--sandbox", "none");
    usage(said, "has no commit");
    assertThat(said.err()).doesNotContain("\u001b");
    assertThat(root.resolve("shop/x")).doesNotExist();
  }

  @Test
  void aDirectoryThatIsNoRepository() throws Exception {
    TestGapsRun gaps = project();
    Path part = Files.createDirectories(root.resolve("shop/part"));
    usage(
        gaps.said("main", "main", "--repo", part.toString()), "say --repo " + root.resolve("shop"));
    usage(
        gaps.said("main", "main", "--repo", root.getRoot().toString()), "is not a git repository");
    usage(
        gaps.said("main", "main", "--repo", root.resolve("none").toString()),
        "there is no directory");
  }

  @Test
  void aBareRepository() throws Exception {
    TestGapsRun gaps = priced();
    Path bare = root.resolve("bare.git");
    gaps.shop().git("clone", "-q", "--bare", ".", bare.toString());
    Said said = gaps.said("main", "change", "--sandbox", "none", "--repo", bare.toString());
    assertThat(said.exit()).as(said.err()).isEqualTo(3);
    assertThat(said.json().path("gaps")).hasSize(1);
  }

  /** Two services, each with a directory of its own; one of them measures no coverage. */
  private TestGapsRun services() throws Exception {
    Map<String, String> two = new LinkedHashMap<>();
    for (String name : List.of("one", "two")) {
      for (String file : List.of("pytest.sh", "shop.py", "test_shop.py")) {
        two.put("services/" + name + "/" + file, files.get(file));
      }
    }
    two.put(
        ".slipway.yml",
        """
        version: 1
        services:
          one:
            kind: library
            root: services/one
            paths: ["services/one/**"]
            test:
              command: [sh, pytest.sh]
              coverage: [lcov.info]
              junit: [report.xml]
          two:
            kind: library
            root: services/two
            paths: ["services/two/**"]
            test:
              command: [sh, pytest.sh]
              junit: [report.xml]
        """);
    return new TestGapsRun(home, Shop.of(Files.createDirectories(root.resolve("shop")), two));
  }

  @Test
  void aServiceInASubdirectoryOfAMonorepo() throws Exception {
    TestGapsRun gaps = services();
    gaps.shop().branch("change", "services/one/shop.py", PRICED);
    JsonNode view = answer(gaps, 3);
    assertThat(view.path("gaps")).hasSize(1);
    assertThat(view.path("gaps").get(0).path("file").asString()).isEqualTo("services/one/shop.py");
    assertThat(view.path("notes")).isEmpty();
  }

  @Test
  void aServiceOfAMonorepoWhoseCoverageNobodyMeasures() throws Exception {
    TestGapsRun gaps = services();
    gaps.shop().branch("change", "services/two/shop.py", PRICED);
    JsonNode view = answer(gaps, 4);
    assertThat(messages(view))
        .anySatisfy(it -> assertThat(it).contains("two has no coverage report"));
  }

  @Test
  void aFileOfNoService() throws Exception {
    TestGapsRun gaps = services();
    gaps.shop().git("checkout", "-q", "-b", "change");
    gaps.shop().write("services/one/shop.py", SOURCE + "\n");
    gaps.shop().write("tools/release.py", "print('released')\n");
    gaps.shop().commit("A tool");
    JsonNode view = answer(gaps, 3);
    assertThat(view.path("gaps").get(0).path("file").asString()).isEqualTo("tools/release.py");
  }

  private static Written test(int number, String edgeCase, String assertion) {
    return new Written(number, edgeCase, "\"\"\"" + edgeCase + "\"\"\"\n" + assertion + "\n");
  }

  private static final Written GOOD = test(1, "the price of all", "assert price() == 1");

  private static Aimock replying(Written... tests) {
    return Aimock.start(List.of(Fixture.reply("testing.write", TestGapsRun.tests(tests))));
  }

  @Test
  void whatIsCommittedIsMeasuredAgain() throws Exception {
    TestGapsRun gaps = priced();
    try (Aimock model = replying(GOOD)) {
      JsonNode view = gaps.run(model, 0, "--sandbox", "none", "--generate");
      assertThat(view.path("kept")).hasSize(1);
      assertThat(view.path("remaining")).isEmpty();
      assertThat(view.path("commit").asString()).isEqualTo(gaps.shop().git("rev-parse", "change"));
    }
  }

  /** What a fork's branch is here; nobody can push to it. */
  @Test
  void aHeadThatIsNoBranchIsNotMoved() throws Exception {
    TestGapsRun gaps = priced();
    String fork = gaps.shop().git("rev-parse", "change");
    gaps.shop().git("update-ref", "refs/remotes/fork/change", fork);
    gaps.shop().git("branch", "-D", "change");
    try (Aimock model = replying(GOOD)) {
      gaps.configure(model);
      Said said = gaps.said("main", "fork/change", "--sandbox", "none", "--generate");
      assertThat(said.exit()).as(said.out() + said.err()).isEqualTo(3);
      JsonNode view = said.json();
      assertThat(view.path("commit").isNull()).isTrue();
      String note = view.path("notes").get(0).asString();
      assertThat(note).contains("there is no branch fork/change", "git cherry-pick ");
      String commit = note.substring(note.lastIndexOf(' ') + 1);
      assertThat(gaps.shop().git("diff", "--name-status", fork, commit))
          .isEqualTo("A\ttest_shop_gap_1.py");
    }
    assertThat(gaps.shop().git("rev-parse", "fork/change")).isEqualTo(fork);
  }

  @Test
  void testsThatDoNotGetAlongAreNotCommitted() throws Exception {
    TestGapsRun gaps = priced();
    String head = gaps.shop().git("rev-parse", "change");
    try (Aimock model = replying(GOOD, test(2, "a second one", "assert price() == 1"))) {
      JsonNode view = gaps.run(model, 3, "--sandbox", "none", "--generate");
      assertThat(view.path("kept")).hasSize(2);
      assertThat(view.path("commit").isNull()).isTrue();
      assertThat(view.path("notes").get(0).asString()).contains("fail together");
    }
    assertThat(gaps.shop().git("rev-parse", "change")).isEqualTo(head);
  }

  @Test
  void aDryRunCommitsNothing() throws Exception {
    TestGapsRun gaps = priced();
    String head = gaps.shop().git("rev-parse", "change");
    try (Aimock model = replying(GOOD)) {
      JsonNode view = gaps.run(model, 3, "--sandbox", "none", "--generate", "--dry-run");
      assertThat(view.path("kept")).hasSize(1);
      assertThat(view.path("commit").isNull()).isTrue();
    }
    assertThat(gaps.shop().git("rev-parse", "change")).isEqualTo(head);
  }

  @Test
  void aModelThatIsDownIsABoundAndNothingIsKept() throws Exception {
    try (Aimock model = Aimock.start(List.of(Fixture.error(401, "authentication_error")))) {
      JsonNode view = priced().run(model, 3, "--sandbox", "none", "--generate");
      assertThat(view.path("kept")).isEmpty();
      assertThat(view.path("bound").asString()).contains("401");
    }
  }

  @Test
  void withoutGenerateNothingIsAsked() throws Exception {
    try (Aimock model = replying(GOOD)) {
      priced().run(model, 3, "--sandbox", "none");
      assertThat(model.requests()).isEmpty();
    }
  }

  @Test
  void withoutAModelNothingIsGenerated() throws Exception {
    Said said = priced().said("main", "change", "--sandbox", "none", "--generate");
    assertThat(said.exit()).isEqualTo(4);
    assertThat(said.err()).contains("--generate needs a model");
  }
}

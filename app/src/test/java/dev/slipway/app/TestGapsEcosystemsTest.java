package dev.slipway.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.app.TestGapsRun.Written;
import dev.slipway.app.anthropic.Aimock;
import dev.slipway.app.anthropic.Aimock.Fixture;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * {@code slipway test-gaps --generate} where tests are run by node, go and Maven, with tests of
 * every sort; Python's are in {@link TestGapsTest}. T6 to T10.
 */
class TestGapsEcosystemsTest {
  @TempDir Path root;

  private TestGapsRun gaps(String sample, String tests) throws Exception {
    Tools.need("bwrap", "bubblewrap", "--version");
    Shop shop =
        Shop.of(
            Files.createDirectories(root.resolve("shop")),
            sample,
            "version: 1\nservices:\n  it:\n    kind: library\n    paths: [\"**\"]\n" + tests);
    return new TestGapsRun(Files.createDirectories(root.resolve("home")), shop);
  }

  /** The change of one source: some words of it are others. */
  private static void change(TestGapsRun gaps, String path, String words, String others)
      throws Exception {
    String text = gaps.shop().read(path);
    assertThat(text).contains(words);
    gaps.shop().branch("change", path, text.replace(words, others));
  }

  private static Fixture repair(String path, Written reply) {
    return new Fixture(
        Map.of("userMessage", "your test, at " + path),
        Map.of("content", TestGapsRun.tests(reply)),
        Map.of());
  }

  /** Has all of them written; the first reply to a repair is the one for its path. */
  private static JsonNode written(TestGapsRun gaps, List<Written> tests, Fixture... repairs)
      throws Exception {
    List<Fixture> fixtures =
        Stream.concat(
                Stream.of(repairs),
                Stream.of(
                    Fixture.reply(
                        "testing.write", TestGapsRun.tests(tests.toArray(Written[]::new)))))
            .toList();
    try (Aimock model = Aimock.start(fixtures)) {
      return gaps.run(model, 0, "--generate");
    }
  }

  /** What was kept is committed, and nothing else is anywhere. */
  private static void onlyKept(TestGapsRun gaps, JsonNode view, String... kept) throws Exception {
    assertThat(view.path("kept"))
        .as(view.toPrettyString())
        .extracting(it -> it.path("test").asString() + " " + it.path("attempts").asInt())
        .containsExactlyInAnyOrder(kept);
    assertThat(view.path("remaining")).isEmpty();
    assertThat(gaps.shop().git("show", "--name-status", "--format=", "change").lines())
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(kept).map(it -> "A\t" + it.substring(0, it.indexOf(' '))).toList());
    assertThat(gaps.shop().git("status", "--porcelain")).isEmpty();
  }

  /** Why tests were dropped, by their number. */
  private static Map<Integer, String> reasons(JsonNode view) {
    Map<Integer, String> reasons = new LinkedHashMap<>();
    view.path("dropped")
        .forEach(
            it ->
                reasons.put(
                    Integer.parseInt(it.path("test").asString().replaceAll("\\D", "")),
                    it.path("reason").asString()));
    return reasons;
  }

  @Test
  void node() throws Exception {
    Tools.need("node", "nodejs", "--version");
    Tools.need("npm", "npm", "--version");
    TestGapsRun gaps =
        gaps(
            "node-greeter",
            """
                test:
                  command: [npm, test]
                  coverage: [coverage/lcov.info]
                  junit: [report.xml]
                  limit: 2m
            """);
    change(
        gaps,
        "src/greetings.cjs",
        "module.exports = { greet,",
        """
        function spokenIn(locale) {
          return locale.split('-')[0].toLowerCase();
        }

        module.exports = { spokenIn, greet,\
        """);
    String good = "assert.equal(spokenIn('fr-CA'), 'fr');";
    Written mended = node(2, "an upper-case language", "assert.equal(spokenIn('FR'), 'fr');");
    Written network =
        node(7, "asks the world", "await require('ht' + 'tps').get('https://192.0.2.1'); " + good);
    JsonNode view =
        written(
            gaps,
            List.of(
                node(1, "a region is cut", good),
                node(2, "an upper-case language", "assert.equal(spokenIn(localeOfParis), 'fr');"),
                node(
                    3,
                    "works once",
                    "assert.ok(!fs.existsSync('been-here')); fs.writeFileSync('been-here', '');"
                        + good),
                node(4, "true in any case", "spokenIn('fr');\n  assert.ok(true)"),
                node(5, "mends the code", "fs.appendFileSync('src/greetings.cjs', '//'); " + good),
                node(6, "for ever", "while (spokenIn('fr')) {} assert.fail();"),
                network,
                node(8, "stops the run", "assert.ok(spokenIn('fr'));\n  process.exit(0);"),
                node(9, "forks", "require('child_process').fork('x'); " + good),
                node(
                    10,
                    "never looks",
                    "let said;\n"
                        + "  try { said = spokenIn('fr'); } catch {}\n"
                        + "  assert.ok(typeof said);")),
            repair("test/greetings.gap2.test.cjs", mended),
            repair("test/greetings.gap7.test.cjs", network));
    onlyKept(gaps, view, "test/greetings.gap1.test.cjs 1", "test/greetings.gap2.test.cjs 2");
    Map<Integer, String> reasons = reasons(view);
    assertThat(reasons.get(3)).contains("flaky");
    assertThat(reasons.get(4)).contains("true whatever");
    assertThat(reasons.get(5)).contains("changes src/greetings.cjs");
    assertThat(reasons.get(6)).contains("did not end");
    assertThat(reasons.get(7)).contains("after 3 attempts");
    assertThat(reasons.get(8)).contains("calls exit");
    assertThat(reasons.get(9)).contains("starts a process");
    assertThat(reasons.get(10)).contains("are broken");
  }

  private static Written node(int number, String edgeCase, String body) {
    return new Written(
        number,
        edgeCase,
        """
        const assert = require('node:assert/strict');
        const fs = require('node:fs');
        const { test } = require('node:test');
        const { spokenIn } = require('../src/greetings.cjs');

        test('%s', async () => {
          %s
        });
        """
            .formatted(edgeCase, body));
  }

  @Test
  void go() throws Exception {
    Tools.want("go", "version");
    TestGapsRun gaps =
        gaps(
            "go-shop",
            """
                test:
                  command: [sh, -c, 'go test -json -coverprofile=coverage.out "$@" ./... > go-test.json', go-test]
                  coverage: [coverage.out]
                  junit: [go-test.json]
                  env: { GOPROXY: "off", GOFLAGS: "-buildvcs=false" }
                  caches: [~/.cache/go-build]
                  limit: 2m
            """);
    change(
        gaps,
        "prices.go",
        "// Price is",
        """
        // Affords says whether the money is enough for the item.
        func Affords(item string, money int) bool {
        	price, err := Price(item)
        	return err == nil && price <= money
        }

        // Price is\
        """);
    String good = "if !Affords(\"milk\", 145) { t.Error(\"it is enough\") }";
    JsonNode view =
        written(
            gaps,
            List.of(
                go(1, "a cent too little", "", "if newTill(t).Affords() { t.Error(\"no\") }"),
                go(
                    3,
                    "works once",
                    "\"os\"",
                    "if os.Mkdir(\"been-here\", 0o700) != nil { t.Fatal(\"again\") }; " + good),
                go(4, "true in any case", "", "Affords(\"milk\", 1); if false { t.Fatal() }"),
                go(
                    5,
                    "mends the code",
                    "\"os\"",
                    "os.WriteFile(\"prices.go\", []byte(\"package shop\"), 0o600); " + good),
                go(6, "for ever", "", "for Affords(\"milk\", 145) { }; t.Fail()"),
                go(7, "asks the world", "\"net\"", "net.Dial(\"tcp\", \"192.0.2.1:53\"); " + good),
                go(8, "stops the run", "\"os\"", "os.Exit(0); " + good),
                go(9, "forks", "\"os/exec\"", "exec.Command(\"ls\").Run(); " + good)),
            repair(
                "prices_gap1_test.go",
                go(1, "a cent too little", "", "if Affords(\"milk\", 144) { t.Error(\"no\") }")));
    onlyKept(gaps, view, "prices_gap1_test.go 2");
    Map<Integer, String> reasons = reasons(view);
    assertThat(reasons.get(3)).contains("flaky");
    assertThat(reasons.get(4)).contains("true whatever");
    assertThat(reasons.get(5)).contains("changes prices.go");
    assertThat(reasons.get(6)).contains("did not end");
    assertThat(reasons.get(7)).contains("opens the network");
    assertThat(reasons.get(8)).contains("calls exit");
    assertThat(reasons.get(9)).contains("starts a process");
  }

  private static Written go(int number, String edgeCase, String more, String body) {
    return new Written(
        number,
        edgeCase,
        """
        package shop

        import (
        	"testing"
        	%s
        )

        // %s
        func TestAffords%d(t *testing.T) {
        	%s
        }
        """
            .formatted(more, edgeCase, number, body));
  }

  /** Maven takes seconds a run, so only one test is run here, twice; what others do is above. */
  @Test
  void maven() throws Exception {
    Tools.need("mvn", "maven", "--version");
    TestGapsRun gaps =
        gaps(
            "maven-shop",
            """
                test:
                  command: [mvn, -o, -B, -q, test, "jacoco:report"]
                  coverage: [target/site/jacoco/jacoco.xml]
                  junit: [target/surefire-reports/*.xml]
                  env: { MAVEN_OPTS: "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC" }
                  caches: [~/.m2]
                  limit: 5m
            """);
    Tools.fetch(gaps.shop().directory(), root, "test", "jacoco:report");
    change(
        gaps,
        "java/shop/prices/PriceList.java",
        "    public static String format",
        """
            public boolean affords(String item, int cents) {
                return CENTS.getOrDefault(item, Integer.MAX_VALUE) <= cents;
            }

            public static String format\
        """);
    String good = "assertTrue(new PriceList().affords(\"milk\", 145));";
    JsonNode view =
        written(
            gaps,
            List.of(
                java(
                    1,
                    "exactly enough money",
                    "assertTrue(Prices.samples().affords(\"milk\", 145));"),
                java(
                    4,
                    "true in any case",
                    "new PriceList().affords(\"milk\", 1); assertTrue(true);"),
                java(7, "asks the world", "new java.net.Socket(\"192.0.2.1\", 53); " + good),
                java(8, "stops the run", "System.exit(0); " + good),
                java(9, "forks", "new ProcessBuilder(\"ls\").start(); " + good)),
            repair(
                "test/shop/prices/PriceListGap1Test.java", java(1, "exactly enough money", good)));
    onlyKept(gaps, view, "test/shop/prices/PriceListGap1Test.java 2");
    Map<Integer, String> reasons = reasons(view);
    assertThat(reasons.get(4)).contains("true whatever");
    assertThat(reasons.get(7)).contains("opens the network");
    assertThat(reasons.get(8)).contains("calls exit");
    assertThat(reasons.get(9)).contains("starts a process");
  }

  private static Written java(int number, String edgeCase, String body) {
    return new Written(
        number,
        edgeCase,
        """
        package shop.prices;

        import static org.junit.jupiter.api.Assertions.assertTrue;

        import org.junit.jupiter.api.DisplayName;
        import org.junit.jupiter.api.Test;

        class PriceListGap%dTest {
            @Test
            @DisplayName("%s")
            void holds() throws Exception {
                %s
            }
        }
        """
            .formatted(number, edgeCase, body));
  }
}

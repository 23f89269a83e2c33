package dev.slipway.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.app.TestGapsRun.Written;
import dev.slipway.app.anthropic.Aimock;
import dev.slipway.app.anthropic.Aimock.Fixture;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** {@code slipway test-gaps --generate} where tests are run by node and by Maven. */
class TestGapsEcosystemsTest {
  @TempDir Path root;

  private TestGapsRun gaps(String sample, String command) throws Exception {
    Tools.need("bwrap", "bubblewrap", "--version");
    Shop shop =
        Shop.of(
            Files.createDirectories(root.resolve("shop")),
            sample,
            "version: 1\nservices:\n  it:\n    kind: library\n    paths: [\"**\"]\n" + command);
    return new TestGapsRun(Files.createDirectories(root.resolve("home")), shop);
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
    String path = "src/greetings.cjs";
    gaps.shop()
        .branch(
            "change",
            path,
            gaps.shop()
                .read(path)
                .replace(
                    "module.exports = { greet,",
                    """
                    function spokenIn(locale) {
                      return locale.split('-')[0].toLowerCase();
                    }

                    module.exports = { spokenIn, greet,\
                    """));
    String batch =
        TestGapsRun.tests(
            node(1, "a region is cut", "assert.equal(spokenIn('fr-CA'), 'fr');"),
            node(2, "true in any case", "spokenIn('fr');\n  assert.ok(true)"),
            node(3, "stops the run", "assert.ok(spokenIn('fr'));\n  process.exit(0);"),
            node(
                4,
                "never looks",
                "let said;\n  try { said = spokenIn('fr'); } catch {}\n  assert.ok(typeof said);"));
    try (Aimock model = Aimock.start(List.of(Fixture.reply("testing.write", batch)))) {
      JsonNode view = gaps.run(model, 3, "--generate");
      assertThat(view.path("kept")).as(view.toPrettyString()).hasSize(1);
      assertThat(view.path("kept").get(0).path("test").asString())
          .isEqualTo("test/greetings.gap1.test.cjs");
      assertThat(view.path("dropped"))
          .extracting(it -> it.path("reason").asString())
          .anyMatch(it -> it.contains("true whatever"))
          .anyMatch(it -> it.contains("calls exit"))
          .anyMatch(it -> it.contains("are broken"));
      assertThat(gaps.run(model, 0).path("gaps")).isEmpty();
    }
  }

  private static Written node(int number, String edgeCase, String body) {
    return new Written(
        number,
        edgeCase,
        """
        const assert = require('node:assert/strict');
        const { test } = require('node:test');
        const { spokenIn } = require('../src/greetings.cjs');

        test('%s', () => {
          %s
        });
        """
            .formatted(edgeCase, body));
  }

  @Test
  void maven() throws Exception {
    Tools.need("mvn", "maven", "--version");
    TestGapsRun gaps =
        gaps(
            "maven-shop",
            """
                test:
                  command: [mvn, -o, -B, -q, verify]
                  coverage: [target/site/jacoco/jacoco.xml]
                  junit: [target/surefire-reports/*.xml]
                  caches: [~/.m2]
                  limit: 5m
            """);
    String path = "java/shop/prices/PriceList.java";
    gaps.shop()
        .branch(
            "change",
            path,
            gaps.shop()
                .read(path)
                .replace(
                    "    public static String format",
                    """
                    public boolean affords(String item, int cents) {
                        return CENTS.getOrDefault(item, Integer.MAX_VALUE) <= cents;
                    }

                    public static String format\
                    """));
    Written unfixed = java(1, "exactly enough money", "Prices.samples().affords(\"milk\", 145)");
    Written mended = java(1, "exactly enough money", "new PriceList().affords(\"milk\", 145)");
    Fixture repair =
        new Fixture(
            Map.of("userMessage", "your test, at test/shop/prices/PriceListGap1Test.java"),
            Map.of("content", TestGapsRun.tests(mended)),
            Map.of());
    try (Aimock model =
        Aimock.start(List.of(repair, Fixture.reply("testing.write", TestGapsRun.tests(unfixed))))) {
      JsonNode view = gaps.run(model, 3, "--generate");
      assertThat(view.path("kept")).as(view.toPrettyString()).hasSize(1);
      assertThat(view.path("kept").get(0).path("attempts").asInt()).isEqualTo(2);
    }
    assertThat(gaps.shop().git("show", "--name-only", "--format=", "change"))
        .isEqualTo("test/shop/prices/PriceListGap1Test.java");
  }

  private static Written java(int number, String edgeCase, String expression) {
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
            void holds() {
                assertTrue(%s);
            }
        }
        """
            .formatted(number, edgeCase, expression));
  }
}

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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * {@code slipway test-gaps --generate} on the Python sample, with a Messages API server that
 * replies tests of every sort. T6, T7, T8, T9, T10.
 */
class TestGapsTest {
  private static final String CHANGE =
      """


      def spoken_in(locale: str) -> str:
          \"""The language of a locale: that of fr-CA and FR is fr.\"""
          if "-" in locale:
              return locale.split("-")[0].lower()
          return locale.lower()
      """;

  @TempDir Path root;
  private TestGapsRun gaps;
  private Shop shop;

  @BeforeEach
  void makeShop() throws Exception {
    Tools.need("bwrap", "bubblewrap", "--version");
    Tools.need("/usr/bin/python3", "python3-pytest python3-pytest-cov", "-c", "import pytest_cov");
    shop = Shop.in(Files.createDirectories(root.resolve("shop")));
    String configuration =
        shop.read(".slipway.yml").replace("    test:\n", "    test:\n      limit: 60s\n");
    Files.writeString(shop.directory().resolve(".slipway.yml"), configuration);
    shop.git("add", "-A");
    shop.git("-c", "user.name=Ada", "-c", "user.email=a@example.com", "commit", "-qm", "Bound");
    shop.branch(
        "change", "src/greeter/greetings.py", shop.read("src/greeter/greetings.py") + CHANGE);
    gaps = new TestGapsRun(Files.createDirectories(root.resolve("home")), shop);
  }

  private static Written test(int number, String edgeCase, String... body) {
    return new Written(
        number,
        edgeCase,
        "import os\n\nfrom greeter.greetings import spoken_in\n\n\ndef test_it():\n    \"\"\""
            + edgeCase
            + "\"\"\"\n    "
            + String.join("\n    ", body)
            + "\n");
  }

  private static final Written GOOD =
      test(1, "a region is cut", "assert spoken_in(\"fr-CA\") == \"fr\"");
  private static final Written UNFIXED =
      new Written(
          2,
          "an upper-case language",
          """
          from greeter.greetings import spoken_in


          def test_it(locale_of_paris):
              \"""an upper-case language\"""
              assert spoken_in(locale_of_paris) == "fr"
          """);
  private static final Written NETWORK =
      test(
          7,
          "asks the world",
          "__import__(\"soc\" + \"ket\").create_connection((\"192.0.2.1\", 53), timeout=2)",
          "assert spoken_in(\"fr\") == \"fr\"");

  private static final String BATCH =
      TestGapsRun.tests(
          GOOD,
          UNFIXED,
          test(
              3,
              "works once",
              "assert spoken_in(\"fr\") == \"fr\"",
              "assert not os.path.exists(\"been-here\")",
              "open(\"been-here\", \"w\").close()"),
          test(4, "nothing at all", "spoken_in(\"fr\")", "assert True"),
          test(
              6,
              "mends the code",
              "open(\"src/greeter/greetings.py\", \"a\").write(\"\\n# mended\\n\")",
              "assert spoken_in(\"fr\") == \"fr\""),
          NETWORK,
          test(
              8,
              "for ever",
              "spoken_in(\"fr\")",
              "while spoken_in(\"fr\"):",
              "    pass",
              "assert 0"),
          test(
              9,
              "goes home",
              "assert spoken_in(\"fr\") == \"fr\"",
              "getattr(os, \"_ex\" + \"it\")(0)"),
          test(10, "forks", "assert os.fork() >= 0 and spoken_in(\"fr\") == \"fr\""));

  private Aimock model() {
    return Aimock.start(
        List.of(
            repair(
                2,
                TestGapsRun.tests(
                    test(2, "an upper-case language", "assert spoken_in(\"FR\") == \"fr\""))),
            repair(7, TestGapsRun.tests(NETWORK)),
            Fixture.reply("testing.write", BATCH)));
  }

  private static Fixture repair(int number, String reply) {
    return new Fixture(
        Map.of("userMessage", "your test, at tests/test_greetings_gap_" + number + ".py"),
        Map.of("content", reply),
        Map.of());
  }

  private static Map<String, String> reasons(JsonNode view) {
    Map<String, String> reasons = new LinkedHashMap<>();
    view.path("dropped")
        .forEach(
            it ->
                reasons.put(
                    it.path("test").asString().replaceAll("\\D", ""),
                    it.path("reason").asString()));
    return reasons;
  }

  @Test
  void onlyTestsThatHoldAreKeptAndCommitted() throws Exception {
    String main = shop.git("rev-parse", "main");
    String head = shop.git("rev-parse", "change");
    JsonNode view;
    try (Aimock model = model()) {
      view = gaps.run(model, 0, "--generate");
    }
    assertThat(view.path("gaps")).hasSize(1);
    assertThat(view.path("gaps").get(0).path("function").asString()).isEqualTo("spoken_in");
    assertThat(view.path("kept"))
        .as(view.toPrettyString())
        .extracting(it -> it.path("test").asString() + " " + it.path("attempts").asInt())
        .containsExactlyInAnyOrder(
            "tests/test_greetings_gap_1.py 1", "tests/test_greetings_gap_2.py 2");
    Map<String, String> reasons = reasons(view);
    assertThat(reasons.get("3")).contains("flaky", "run 2 of 5");
    assertThat(reasons.get("4")).contains("true whatever");
    assertThat(reasons.get("6")).contains("changes src/greeter/greetings.py");
    assertThat(reasons.get("7")).contains("after 3 attempts");
    assertThat(reasons.get("8")).contains("did not end");
    assertThat(reasons.get("9")).contains("no report");
    assertThat(reasons.get("10")).contains("starts a process");
    assertThat(view.path("remaining")).isEmpty();
    assertThat(shop.git("rev-parse", "main")).isEqualTo(main);
    assertThat(shop.git("rev-parse", "change~1")).isEqualTo(head);
    assertThat(shop.git("diff", "--name-status", head, "change"))
        .isEqualTo("A\ttests/test_greetings_gap_1.py\nA\ttests/test_greetings_gap_2.py");
    assertThat(shop.git("log", "-1", "--format=%an%n%(trailers:only)", "change"))
        .contains(
            "Slipway\n",
            "Slipway-Change: " + head,
            "Slipway-Attempt: 2",
            "Slipway-Evidence: sha256:");
    assertThat(shop.git("status", "--porcelain")).isEmpty();
  }
}

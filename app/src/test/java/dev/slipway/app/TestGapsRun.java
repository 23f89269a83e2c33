package dev.slipway.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.app.anthropic.Aimock;
import dev.slipway.app.cli.Slipway;
import dev.slipway.app.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * {@code slipway test-gaps} over the change of a sample, with a model that replies what it is told.
 */
record TestGapsRun(Path home, Shop shop) {
  /** A test as a model replies it. */
  record Written(int number, String edgeCase, String code) {
    Map<String, Object> json() {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("number", number);
      json.put("edge_case", edgeCase);
      json.put("code", code);
      return json;
    }
  }

  /** A model's reply of these tests. */
  static String tests(Written... tests) {
    return Json.mapper()
        .writeValueAsString(Map.of("tests", List.of(tests).stream().map(Written::json).toList()));
  }

  /** Runs the command; its exit code is as expected. */
  JsonNode run(Aimock model, int exit, String... more) throws Exception {
    Files.writeString(home.resolve("key"), "sk-ant-test\n");
    Files.writeString(
        home.resolve("slipway.yml"),
        """
        version: 1
        model:
          id: claude-sonnet-5-5
          base_url: %s
          api_key_file: %s
        """
            .formatted(model.address(), home.resolve("key")));
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "test-gaps",
                "--repo",
                shop.directory().toString(),
                "--base",
                "main",
                "--head",
                "change",
                "--home",
                home.toString(),
                "--json"));
    arguments.addAll(List.of(more));
    PrintStream stdout = System.out;
    ByteArrayOutputStream captured = new ByteArrayOutputStream();
    int code;
    try {
      System.setOut(new PrintStream(captured, true, UTF_8));
      code = Slipway.run(arguments.toArray(String[]::new));
    } finally {
      System.setOut(stdout);
    }
    assertThat(code).as(captured.toString(UTF_8)).isEqualTo(exit);
    return Json.mapper().readTree(captured.toString(UTF_8));
  }
}

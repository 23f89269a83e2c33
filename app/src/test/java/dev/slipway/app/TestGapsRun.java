package dev.slipway.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.app.anthropic.Aimock;
import dev.slipway.app.cli.Slipway;
import dev.slipway.app.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
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

  /** What a command said. */
  record Said(int exit, String out, String err) {
    JsonNode json() {
      return Json.mapper().readTree(out);
    }
  }

  /** Runs the command; its exit code is as expected. */
  JsonNode run(Aimock model, int exit, String... more) throws Exception {
    configure(model);
    Said said = said("main", "change", more);
    assertThat(said.exit()).as(said.out() + said.err()).isEqualTo(exit);
    return said.json();
  }

  /** Has the home's server talk to the model. */
  void configure(Aimock model) throws IOException {
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
  }

  /** Runs the command. */
  Said said(String base, String head, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of("test-gaps", "--base", base, "--head", head, "--home", home.toString()));
    List<String> others = List.of(more);
    if (!others.contains("--repo")) {
      arguments.addAll(List.of("--repo", shop.directory().toString()));
    }
    arguments.add("--json");
    arguments.addAll(others);
    PrintStream stdout = System.out;
    PrintStream stderr = System.err;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    try {
      System.setOut(new PrintStream(out, true, UTF_8));
      System.setErr(new PrintStream(err, true, UTF_8));
      int exit = Slipway.run(arguments.toArray(String[]::new));
      return new Said(exit, out.toString(UTF_8), err.toString(UTF_8));
    } finally {
      System.setOut(stdout);
      System.setErr(stderr);
    }
  }
}

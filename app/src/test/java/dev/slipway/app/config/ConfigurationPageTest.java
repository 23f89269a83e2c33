package dev.slipway.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code docs/configuration.md} knows every key that the schemas know. */
class ConfigurationPageTest {
  private static final Path PAGE = Path.of("..", "docs", "configuration.md");

  @ParameterizedTest
  @ValueSource(strings = {"slipway-1.schema.json", "slipway-server-1.schema.json"})
  void everyKeyIsOnThePage(String schema) throws IOException {
    JsonNode document;
    try (var in = ProjectFile.class.getResourceAsStream(schema)) {
      document = JsonMapper.shared().readTree(in);
    }
    List<String> keys = new ArrayList<>();
    collect(document, document, "", keys);
    for (JsonNode definition : List.of(document.path("$defs").path("service"))) {
      collect(document, definition, "", keys);
    }
    String page = Files.readString(PAGE);

    assertThat(keys).hasSizeGreaterThan(20);
    assertThat(keys.stream().filter(key -> !page.contains("| `" + key + "` |")).toList()).isEmpty();
  }

  private static void collect(JsonNode document, JsonNode node, String prefix, List<String> keys) {
    for (var property : node.path("properties").properties()) {
      String key = prefix + property.getKey();
      keys.add(key);
      collect(document, resolved(document, property.getValue()), key + ".", keys);
    }
  }

  private static JsonNode resolved(JsonNode document, JsonNode node) {
    JsonNode at = node;
    while (at.has("$ref")) {
      at = document.at(at.path("$ref").asString().substring(1));
    }
    return at;
  }
}

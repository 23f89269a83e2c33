package dev.slipway.app.generation;

import dev.slipway.agents.testing.LanguageProfile;
import dev.slipway.app.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The language profiles: a file for each language, with an entry for each of its test runners. An
 * entry that is {@code like} one before it says only what differs.
 */
public final class Profiles {
  private static final List<String> LANGUAGES = List.of("java", "python", "javascript", "go");

  private Profiles() {}

  /** All of them; the first that fits a source and its test command counts. */
  public static List<LanguageProfile> all() {
    return LANGUAGES.stream().flatMap(language -> of(language).stream()).toList();
  }

  private static List<LanguageProfile> of(String language) {
    List<LanguageProfile> profiles = new ArrayList<>();
    Map<String, ObjectNode> known = new HashMap<>();
    for (JsonNode entry : read(language + ".json")) {
      ObjectNode whole = Json.mapper().createObjectNode();
      ObjectNode like = known.get(entry.path("like").asString(""));
      if (like != null) {
        whole.setAll(like);
      }
      whole.setAll((ObjectNode) entry);
      whole.remove("like");
      known.put(whole.path("name").asString(), whole);
      profiles.add(Json.mapper().treeToValue(whole, LanguageProfile.class));
    }
    return profiles;
  }

  private static JsonNode read(String file) {
    try (InputStream in = Profiles.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException("the resource " + file + " is missing");
      }
      return Json.mapper().readTree(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }
}

package dev.slipway.app.generation;

import dev.slipway.agents.testing.LanguageProfile;
import dev.slipway.app.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * The language profiles, from the resource {@code profiles.json}: a language more is an entry more.
 */
public final class Profiles {
  private Profiles() {}

  /** All of them; the first that fits a source and its test command counts. */
  public static List<LanguageProfile> all() {
    try (InputStream in = Profiles.class.getResourceAsStream("profiles.json")) {
      if (in == null) {
        throw new IllegalStateException("the resource profiles.json is missing");
      }
      return List.of(Json.mapper().readValue(in.readAllBytes(), LanguageProfile[].class));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read profiles.json", e);
    }
  }
}

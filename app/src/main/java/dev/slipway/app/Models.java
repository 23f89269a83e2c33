package dev.slipway.app;

import dev.slipway.app.anthropic.AnthropicModel;
import dev.slipway.app.anthropic.AnthropicSettings;
import dev.slipway.app.config.ServerConfig;
import java.util.Map;
import java.util.Optional;

/** Which language model the configuration names. */
public final class Models {
  private Models() {}

  /**
   * The model that the configuration names; empty if it names none.
   *
   * @param environment where a key may be
   * @throws IllegalStateException if its key is not where it is said to be, or its provider is not
   *     built in; names what and the mend
   */
  public static Optional<AnthropicModel> of(
      Optional<ServerConfig.Model> config, Map<String, String> environment) {
    return config.map(it -> model(it, environment));
  }

  private static AnthropicModel model(ServerConfig.Model model, Map<String, String> environment) {
    return switch (model.provider()) {
      case ANTHROPIC ->
          new AnthropicModel(
              AnthropicSettings.of(model.id(), model.baseUrl(), key(model, environment)));
      case BEDROCK, VERTEX ->
          throw new IllegalStateException(
              "model.provider "
                  + model.provider().name().toLowerCase(java.util.Locale.ROOT)
                  + " is not built into this version; use anthropic, with model.base_url for a"
                  + " gateway that speaks its Messages API");
    };
  }

  private static String key(ServerConfig.Model model, Map<String, String> environment) {
    return model
        .apiKey()
        .orElseThrow(
            () -> new IllegalStateException("model.api_key_env or model.api_key_file is missing"))
        .reveal(environment);
  }
}

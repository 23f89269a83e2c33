package dev.slipway.app.anthropic;

import com.anthropic.core.Sleeper;
import java.time.Duration;
import java.util.Optional;

/**
 * How the model is reached. The key is in no {@code toString}.
 *
 * @param model the provider's id of the model
 * @param baseUrl another address of the Messages API
 * @param apiKey the key's text
 * @param retriesMax how often a passing fault (408, 409, 429, 5xx, connection) is tried again, with
 *     growing pauses and jitter, or after what {@code retry-after} says
 * @param timeout how long one attempt may take, to the last byte
 * @param sleeper waits between attempts; empty for real waiting
 */
public record AnthropicSettings(
    String model,
    Optional<String> baseUrl,
    String apiKey,
    int retriesMax,
    Duration timeout,
    Optional<Sleeper> sleeper) {

  /** Four retries, five minutes an attempt. */
  public static AnthropicSettings of(String model, Optional<String> baseUrl, String apiKey) {
    return new AnthropicSettings(
        model, baseUrl, apiKey, 4, Duration.ofMinutes(5), Optional.empty());
  }

  @Override
  public String toString() {
    return "AnthropicSettings[" + model + " at " + baseUrl.orElse("Anthropic") + "]";
  }
}

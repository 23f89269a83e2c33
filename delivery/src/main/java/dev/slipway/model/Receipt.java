package dev.slipway.model;

import dev.slipway.change.Digest;
import java.time.Duration;

/**
 * What one call was and what it took.
 *
 * @param model as {@link LanguageModel#id} names it
 * @param tokens as the provider counted them; where a reply was cut off, as far as is known
 * @param dollars in US dollars, from the provider's price list
 * @param latency from sending to the last byte, with what was tried again
 * @param reply digest of the reply's text as it came; of no bytes where none came
 */
public record Receipt(
    String model, Tokens tokens, double dollars, Duration latency, Digest reply) {}

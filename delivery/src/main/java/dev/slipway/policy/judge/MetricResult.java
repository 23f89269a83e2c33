package dev.slipway.policy.judge;

import dev.slipway.policy.Verdict;
import java.util.OptionalDouble;

/**
 * What the judge found of one metric.
 *
 * @param name stable name, such as {@code error_rate}; rates are shares from 0 to 1, latencies
 *     milliseconds
 * @param verdict inconclusive as long as nothing is decided
 * @param canary the canary's value, empty without data
 * @param baseline the baseline's value over the same time, empty without data
 * @param limit what the canary's value is held to, empty if that needs data that is missing
 * @param message one sentence with the numbers
 */
public record MetricResult(
    String name,
    Verdict verdict,
    OptionalDouble canary,
    OptionalDouble baseline,
    OptionalDouble limit,
    String message) {}

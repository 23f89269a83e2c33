package dev.slipway.change;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The five stages in the order in which a change passes them. This is the only ordered list of
 * them.
 */
public enum Stage {
  /** Code quality, security, performance, breaks and coverage gaps become a risk score. */
  REVIEW,
  /** The candidate's tests run; missing ones are written. */
  TEST,
  /** The artifact is built once, deployed to staging, smoke-tested and measured. */
  STAGING,
  /** Integration tests, and performance against the stored baseline. */
  VALIDATION,
  /** Canary, watch, ramp, promotion or rollback. */
  DEPLOYMENT;

  /** The stage that follows, empty after the last. */
  public Optional<Stage> next() {
    return ordinal() + 1 < values().length
        ? Optional.of(values()[ordinal() + 1])
        : Optional.empty();
  }

  /**
   * The stage of this name, as people write it.
   *
   * @throws IllegalArgumentException naming those there are
   */
  public static Stage of(String label) {
    return Arrays.stream(values())
        .filter(it -> it.label().equals(label.strip()))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "there is no stage '"
                        + Printable.of(label)
                        + "'; there are "
                        + Arrays.stream(values())
                            .map(Stage::label)
                            .collect(Collectors.joining(", "))));
  }

  /** The name people and JSON documents see: lower case. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}

package dev.slipway.app.detectors.code;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Calls that are dangerous with what they are given. */
final class Sinks {
  private static final List<Function<Call, Optional<Danger>>> RULES =
      List.of(
          Injection::of, Requests::of, Loading::of, Trust::of, Crypto::of, Markup::of, Rights::of);

  private Sinks() {}

  /** The first danger there is in the call. */
  static Optional<Danger> of(Call call) {
    return RULES.stream().map(rule -> rule.apply(call)).flatMap(Optional::stream).findFirst();
  }
}

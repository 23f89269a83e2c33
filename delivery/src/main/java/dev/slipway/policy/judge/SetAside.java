package dev.slipway.policy.judge;

import dev.slipway.policy.Reason;
import dev.slipway.policy.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** A metric whose numbers are shown but not judged, and why. */
record SetAside(Metric metric, Reason why) implements Metric {
  @Override
  public String name() {
    return metric.name();
  }

  @Override
  public Optional<Instant> failedAt() {
    return Optional.empty();
  }

  @Override
  public Optional<Instant> sharedSince() {
    return Optional.empty();
  }

  @Override
  public Verdict verdict(Phase phase) {
    return new Verdict.Inconclusive(List.of(why));
  }

  @Override
  public String sentence() {
    return why.message();
  }

  @Override
  public OptionalDouble canary() {
    return metric.canary();
  }

  @Override
  public OptionalDouble baseline() {
    return metric.baseline();
  }

  @Override
  public OptionalDouble limit() {
    return metric.limit();
  }
}

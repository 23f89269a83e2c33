package dev.slipway.telemetry;

import dev.slipway.change.CommitId;
import dev.slipway.change.ServiceName;
import dev.slipway.policy.judge.ArmTraffic;
import java.util.Optional;

/**
 * What was measured in staging. A measurement becomes the baseline only when its candidate has
 * shipped.
 */
public interface Baselines {
  /** Keeps what a candidate of the repository showed in staging; durable when it returns. */
  void measured(String repository, ServiceName service, CommitId candidate, ArmTraffic traffic);

  /** What the candidate showed in staging. */
  Optional<ArmTraffic> measurement(String repository, ServiceName service, CommitId candidate);

  /** The candidate holds in production: its measurement is the baseline from now on. */
  void shipped(String repository, ServiceName service, CommitId candidate);

  /** What the version that shipped last showed in staging. */
  Optional<ArmTraffic> baseline(String repository, ServiceName service);
}

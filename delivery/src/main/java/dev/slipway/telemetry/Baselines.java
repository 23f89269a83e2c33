package dev.slipway.telemetry;

import dev.slipway.change.CommitId;
import dev.slipway.change.ServiceName;
import dev.slipway.policy.judge.ArmTraffic;
import dev.slipway.policy.judge.Calibration;
import dev.slipway.policy.judge.Forecast;
import java.util.List;
import java.util.Optional;

/**
 * What was measured of candidates. A measurement in staging becomes a baseline only when its
 * candidate has shipped.
 */
public interface Baselines {
  /** Keeps what a candidate of the repository showed in staging; durable when it returns. */
  void measured(String repository, ServiceName service, CommitId candidate, StagingRun run);

  /** What the candidate showed in staging. */
  Optional<StagingRun> measurement(String repository, ServiceName service, CommitId candidate);

  /** The candidate holds in production: its measurement is the baseline from now on. */
  void shipped(String repository, ServiceName service, CommitId candidate);

  /** What the versions that shipped last showed in staging, the newest first: at most ten. */
  List<StagingRun> baselines(String repository, ServiceName service);

  /** Keeps what a candidate shows in production; nothing if it was not measured in staging. */
  void observed(String repository, ServiceName service, CommitId candidate, ArmTraffic traffic);

  /** Staging beside production of the versions that shipped last, the newest first: at most 50. */
  List<Calibration.Pair> pairs(String repository, ServiceName service);

  /** What staging's measurement of the candidate means for production; empty without one. */
  default Optional<Forecast> forecast(String repository, ServiceName service, CommitId candidate) {
    return measurement(repository, service, candidate)
        .filter(run -> run.total().p99().isPresent())
        .map(
            run ->
                Calibration.of(pairs(repository, service))
                    .forecast(run.total().p99().orElseThrow(), run.factors()));
  }
}

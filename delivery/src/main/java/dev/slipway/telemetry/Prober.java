package dev.slipway.telemetry;

import dev.slipway.policy.Check;
import dev.slipway.project.Smoke;
import dev.slipway.project.StagingPlan;
import java.net.URI;
import java.time.Duration;

/** Talks HTTP to a deployed version, as a client would. */
public interface Prober {
  /** Makes the request and says whether everything that is expected of the answer holds. */
  Check check(URI base, Smoke.HttpCheck check) throws InterruptedException;

  /** Sends the plan's load for this long and counts what came back, by endpoint. */
  StagingRun drive(URI base, StagingPlan plan, Duration duration) throws InterruptedException;
}

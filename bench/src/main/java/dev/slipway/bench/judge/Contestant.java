package dev.slipway.bench.judge;

import java.time.Duration;

/** A judge in the comparison. */
interface Contestant {
  /** What it says of a rollout, and how long after the canary's start. */
  record Outcome(Call call, Duration after) {}

  /** What a judge can say. */
  enum Call {
    PASS,
    FAIL,
    UNDECIDED
  }

  String name();

  Outcome judge(Rollout rollout);
}

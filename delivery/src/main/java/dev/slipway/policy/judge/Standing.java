package dev.slipway.policy.judge;

import dev.slipway.policy.Reason;
import dev.slipway.policy.Verdict;
import java.time.Instant;
import java.util.List;

/** Where the judge stands after what it has seen so far. */
public sealed interface Standing {
  /** Every metric with its numbers so far. */
  List<MetricResult> metrics();

  /** Nothing is decided yet; go on watching. */
  record Undecided(List<MetricResult> metrics) implements Standing {
    public Undecided {
      metrics = List.copyOf(metrics);
    }
  }

  /**
   * The window is over and does not decide, for these reasons: watch for one window more, then
   * conclude again. Given at most once.
   */
  record MoreTime(List<Reason> reasons, List<MetricResult> metrics) implements Standing {
    public MoreTime {
      reasons = List.copyOf(reasons);
      metrics = List.copyOf(metrics);
    }
  }

  /** The verdict, which nothing seen later changes, and when it was reached. */
  record Decided(Verdict verdict, Instant at, List<MetricResult> metrics) implements Standing {
    public Decided {
      metrics = List.copyOf(metrics);
    }
  }
}

package dev.slipway.bench.judge;

import dev.slipway.bench.judge.Contestant.Call;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** What one judge said of the rollouts of one scenario. */
final class Tally {
  private int rollouts;
  private int passes;
  private final List<Duration> fails = new ArrayList<>();

  void add(Contestant.Outcome outcome) {
    rollouts++;
    passes += outcome.call() == Call.PASS ? 1 : 0;
    if (outcome.call() == Call.FAIL) {
      fails.add(outcome.after());
    }
  }

  double failShare() {
    return (double) fails.size() / rollouts;
  }

  double passShare() {
    return (double) passes / rollouts;
  }

  double otherShare() {
    return 1 - failShare() - passShare();
  }

  /** The median time to a fail in seconds, or NaN without any. */
  double medianSeconds() {
    if (fails.isEmpty()) {
      return Double.NaN;
    }
    List<Duration> sorted = new ArrayList<>(fails);
    Collections.sort(sorted);
    return sorted.get(sorted.size() / 2).toMillis() / 1000.0;
  }

  /** Share of the rollouts that had failed after this many seconds. */
  double failedBy(double seconds) {
    long soon = fails.stream().filter(f -> f.toMillis() <= seconds * 1000).count();
    return (double) soon / rollouts;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "pass %5.1f %%  fail %5.1f %%  other %5.1f %%  median %5.0f s",
        100 * passShare(),
        100 * failShare(),
        100 * otherShare(),
        medianSeconds());
  }
}

package dev.slipway.policy.judge;

import dev.slipway.policy.Reason;
import dev.slipway.policy.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Judges a canary while it runs. Feed it every sampling interval in order with {@link #observe}; it
 * fails as soon as the evidence suffices, and however often it is asked, a canary within its limits
 * is failed with probability {@code alpha} at most. When the window is over, {@link #conclude}
 * gives the verdict or asks for one window more.
 *
 * <p>It has state, no clock and no randomness: the same intervals give the same standing. An
 * interval given a second time is ignored. Not safe for use by several threads at once.
 */
public final class CanaryJudge {
  private static final double P99_TAIL = 0.01;

  private final JudgeLimits limits;
  private final Instant start;
  private final LimitTest failures;
  private final LimitTest slowness;
  private final ComparisonTest failuresCompared;
  private final LatencyShift shift;
  private final Presence presence;
  private final Frozen canaryFrozen;
  private final Frozen baselineFrozen;
  private final UnitJump units = new UnitJump();
  private final Map<String, Doubt> doubts = new LinkedHashMap<>();
  private final Panel panel;
  private Counts unclear = Counts.NONE;
  private Standing standing;
  private Instant lastFrom = Instant.MIN;
  private Instant lastTo = Instant.MIN;
  private Extension extension = Extension.AVAILABLE;

  private enum Extension {
    AVAILABLE,
    USED
  }

  private CanaryJudge(JudgeLimits limits, Instant start) {
    this.limits = limits;
    this.start = start;
    Onsets onsets = Onsets.extensible(start, limits.window());
    double alpha = limits.alpha();
    failures = new LimitTest(limits.errorRateMax(), alpha * Shares.ERROR_RATE, limits, onsets);
    slowness = new LimitTest(P99_TAIL, alpha * Shares.LATENCY, limits, onsets);
    failuresCompared =
        ErrorMetrics.comparisonTest(alpha * Shares.ERROR_RATE_VS_BASELINE, limits, onsets);
    shift = new LatencyShift(alpha * Shares.LATENCY_VS_BASELINE, limits, onsets);
    presence = new Presence(limits, start);
    canaryFrozen = new Frozen("canary", limits.blindMax());
    baselineFrozen = new Frozen("baseline", limits.blindMax());
    panel = new Panel(metrics(), limits.window().dividedBy(10));
    standing = new Standing.Undecided(panel.results(Metric.Phase.WATCHING));
  }

  /** A judge of a canary that gets its traffic from {@code start} on. */
  public static CanaryJudge begin(JudgeLimits limits, Instant start) {
    return new CanaryJudge(limits, start);
  }

  /** Whether a reason of this judge blames what production stably runs, not the canary. */
  public static boolean blamesProduction(Reason reason) {
    return reason.rule().equals(Rules.BASELINE_BAD);
  }

  private List<Metric> metrics() {
    double alpha = limits.alpha();
    return List.of(
        ErrorMetrics.limit(failures, alpha * Shares.ERROR_RATE, limits),
        new LimitMetric(
            "latency_p99",
            "took longer than " + Words.millis(limits.latencyMillis()),
            slowness,
            alpha * Shares.LATENCY,
            new LimitMetric.Shown(
                () -> shift.canaryLatencies().quantile(0.99),
                () -> shift.baselineLatencies().quantile(0.99),
                limits.latencyMillis())),
        ErrorMetrics.comparison(failuresCompared, limits),
        shift);
  }

  /** Takes in one sampling interval and says where the judge stands. */
  public Standing observe(Interval interval) {
    boolean again = interval.from().equals(lastFrom) && interval.to().equals(lastTo);
    if (standing instanceof Standing.Decided || again) {
      return standing;
    }
    lastFrom = interval.from();
    lastTo = interval.to();
    presence.add(interval);
    switch (interval) {
      case Interval.Measured measured -> measure(measured);
      case Interval.Missed ignored -> {}
      case Interval.Confounded ignored -> {}
    }
    standing = stand(interval.to());
    return standing;
  }

  private void measure(Interval.Measured interval) {
    ArmTraffic canary = interval.canary();
    ArmTraffic baseline = interval.baseline();
    Instant from = interval.from();
    Instant to = interval.to();
    Traffic failed = new Traffic(from, to, canary.failures(), baseline.failures());
    failures.add(failed);
    failuresCompared.add(failed);
    double limit = limits.latencyMillis();
    slowness.add(new Traffic(from, to, canary.slowerThan(limit), baseline.slowerThan(limit)));
    shift.add(interval);
    Latencies latencies = canary.latencies();
    unclear =
        unclear.plus(new Counts(latencies.unclearWhetherSlowerThan(limit), latencies.count()));
    canaryFrozen.add(interval, canary, baseline).ifPresent(this::note);
    baselineFrozen.add(interval, baseline, canary).ifPresent(this::note);
    units.add(to, latencies, baseline.latencies()).ifPresent(this::note);
  }

  private void note(Doubt doubt) {
    doubts.putIfAbsent(doubt.reason().rule(), doubt);
  }

  private Standing stand(Instant now) {
    List<Doubt> all = new ArrayList<>(presence.doubts());
    all.addAll(doubts.values());
    List<MetricResult> results = panel.results(Metric.Phase.WATCHING);
    return panel
        .early(now, all)
        .<Standing>map(verdict -> new Standing.Decided(verdict, now, results))
        .orElseGet(() -> new Standing.Undecided(results));
  }

  /**
   * Ends the window. A decided verdict stays. Otherwise the answer is a pass, or inconclusive, or,
   * the first time and where watching longer can help, {@link Standing.MoreTime}: go on observing
   * for one window and conclude again.
   *
   * @param end when the window ended; before the whole window is over there is no pass
   */
  public Standing conclude(Instant end) {
    if (standing instanceof Standing.Decided) {
      return standing;
    }
    List<Doubt> all = new ArrayList<>(presence.doubtsAt(end));
    all.addAll(doubts.values());
    resolution(end).ifPresent(all::add);
    Verdict verdict = panel.atEnd(all);
    List<MetricResult> results = panel.results(Metric.Phase.OVER);
    if (extension == Extension.AVAILABLE && Panel.timeHelps(verdict)) {
      extension = Extension.USED;
      standing = new Standing.MoreTime(verdict.reasons(), results);
    } else {
      standing = new Standing.Decided(verdict, end, results);
    }
    return standing;
  }

  /** Ends the window with the last interval that was observed. */
  public Standing conclude() {
    return conclude(lastTo.equals(Instant.MIN) ? start : lastTo);
  }

  private Optional<Doubt> resolution(Instant end) {
    double share = unclear.plus(new Counts(slowness.canary().hits(), 0)).rate().orElse(0);
    if (unclear.hits() == 0 || share <= P99_TAIL) {
      return Optional.empty();
    }
    return Optional.of(
        new Doubt(
            Doubt.Force.BARS_PASS,
            new Reason(
                Rules.RESOLUTION,
                "latency_p99",
                "%s of %s canary requests lie in a histogram bucket that reaches over the limit of %s; give the histogram a bound at the limit."
                    .formatted(
                        Words.count(unclear.hits()),
                        Words.count(unclear.trials()),
                        Words.millis(limits.latencyMillis()))),
            end));
  }

  /** How long the window is that this judge was given. */
  public Duration window() {
    return limits.window();
  }
}

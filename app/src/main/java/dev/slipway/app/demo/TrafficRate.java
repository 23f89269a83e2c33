package dev.slipway.app.demo;

import dev.slipway.policy.Thresholds;
import dev.slipway.policy.Verdict;
import dev.slipway.policy.judge.ArmTraffic;
import dev.slipway.policy.judge.CanaryJudge;
import dev.slipway.policy.judge.Interval;
import dev.slipway.policy.judge.JudgeLimits;
import dev.slipway.policy.judge.Latencies;
import dev.slipway.policy.judge.Standing;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * How much traffic production needs for the judge to decide in time. The judge itself is asked:
 * about the least number of faultless requests with which it passes a canary at the end of its
 * window.
 *
 * @param perSecond requests a second to production, all versions together, while a canary is
 *     watched
 * @param canaryRequests how many of them the judge needs to see on the canary in one window
 */
record TrafficRate(int perSecond, int canaryRequests) {
  /** The sample's first share; the second is five times that, the others are larger still. */
  private static final double FIRST_SHARE = 0.05;

  private static final double SECOND_SHARE = 0.25;

  /**
   * What is sent beyond need: a window's first second, and noise that makes the judge want more.
   */
  private static final double MARGIN = 1.25;

  private static final int ROUND_TO = 10;
  private static final int QUIETLY_PER_SECOND = 50;
  private static final int REQUESTS_MAX = 1 << 20;
  private static final double USUAL_MILLIS = 2;

  /** The search ends within a twentieth of the least: asking the judge takes time. */
  private static final int CLOSE_ENOUGH = 20;

  static TrafficRate enoughFor(DemoSettings settings, Thresholds limits) {
    int first = leastCanaryRequests(settings.canaryWindow(), limits);
    int second = leastCanaryRequests(settings.rampStep(), limits);
    double rate =
        MARGIN
            * Math.max(
                first / (FIRST_SHARE * seconds(settings.canaryWindow())),
                second / (SECOND_SHARE * seconds(settings.rampStep())));
    return new TrafficRate((int) Math.ceil(rate / ROUND_TO) * ROUND_TO, first);
  }

  /** Requests a second while no canary is watched. */
  int quietly() {
    return Math.min(QUIETLY_PER_SECOND, perSecond);
  }

  /** The least number of faultless canary requests that pass, evenly spread over the window. */
  static int leastCanaryRequests(Duration window, Thresholds limits) {
    JudgeLimits judged = JudgeLimits.of(limits).withWindow(window);
    int tooFew = 0;
    int enough = 1;
    while (!passes(enough, judged)) {
      tooFew = enough;
      enough *= 2;
      if (enough > REQUESTS_MAX) {
        throw new IllegalArgumentException(
            "the judge passes no canary within " + window.toMillis() + " ms; choose a longer time");
      }
    }
    while (enough - tooFew > enough / CLOSE_ENOUGH) {
      int middle = (enough + tooFew) / 2;
      if (passes(middle, judged)) {
        enough = middle;
      } else {
        tooFew = middle;
      }
    }
    return enough;
  }

  private static boolean passes(int canaryRequests, JudgeLimits limits) {
    Instant start = Instant.EPOCH;
    CanaryJudge judge = CanaryJudge.begin(limits, start);
    long intervals = (long) Math.ceil(seconds(limits.window()));
    long sent = 0;
    for (long i = 1; i <= intervals; i++) {
      long now = canaryRequests * i / intervals - sent;
      sent += now;
      judge.observe(
          new Interval.Measured(
              start.plusSeconds(i - 1),
              start.plusSeconds(i),
              faultless(now),
              faultless(Math.round(now * (1 - FIRST_SHARE) / FIRST_SHARE))));
    }
    return judge.conclude() instanceof Standing.Decided decided
        && decided.verdict() instanceof Verdict.Pass;
  }

  private static ArmTraffic faultless(long requests) {
    return new ArmTraffic(
        requests, 0, new Latencies(List.of(new Latencies.Bucket(USUAL_MILLIS, requests))));
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }
}

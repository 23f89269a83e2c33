package dev.slipway.incident;

import dev.slipway.change.Digest;
import dev.slipway.policy.Thresholds;
import dev.slipway.policy.judge.FileJudge;
import dev.slipway.policy.judge.JudgeLimits;
import dev.slipway.policy.judge.Recording;
import dev.slipway.policy.judge.Standing;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * How to judge again what was measured: {@code slipway judge} on the recording, with these
 * arguments.
 *
 * @param recording digest of the file, which is kept beside the audit log
 * @param verdict what the judge says of the file
 * @param decidedAt when in the recording it says so
 * @param errorRateMax the limit, 0 to 1
 * @param latencyP99MaxMs the limit, in milliseconds
 */
public record Reproduction(
    Digest recording,
    List<String> arguments,
    String verdict,
    Instant decidedAt,
    double errorRateMax,
    double latencyP99MaxMs) {
  public Reproduction {
    arguments = List.copyOf(arguments);
  }

  /**
   * The reproduction of a watch. Its window is as long as the recording: steps are parts of the
   * window, and a canary that was decided within seconds has too few rows for long ones.
   */
  static Reproduction of(Digest digest, Recording recording, Thresholds limits) {
    Standing.Decided decided =
        FileJudge.judge(recording, JudgeLimits.of(limits).withWindow(recording.span()));
    return new Reproduction(
        digest,
        List.of(
            "--window",
            time(recording.span()),
            "--error-rate-max",
            share(limits.errorRateMax()),
            "--latency-p99-max",
            time(limits.latencyP99Max()),
            "--baseline-tolerance",
            share(limits.regressionTolerance())),
        decided.verdict().label(),
        decided.at(),
        limits.errorRateMax(),
        limits.latencyP99Max().toMillis());
  }

  private static String time(Duration time) {
    long millis = time.toMillis();
    if (millis % 1_000 != 0) {
      return millis + "ms";
    }
    return millis % 60_000 == 0 ? millis / 60_000 + "m" : millis / 1_000 + "s";
  }

  private static String share(double share) {
    return BigDecimal.valueOf(share).movePointRight(2).stripTrailingZeros().toPlainString() + "%";
  }
}

package dev.slipway.app.judging;

import dev.slipway.policy.Reason;
import dev.slipway.policy.Verdict;
import dev.slipway.policy.judge.FileJudge;
import dev.slipway.policy.judge.JudgeLimits;
import dev.slipway.policy.judge.MetricResult;
import dev.slipway.policy.judge.Recording;
import dev.slipway.policy.judge.Standing;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What {@code slipway judge} found of one file.
 *
 * @param input the file as it was named
 * @param decidedAt when in the recording the verdict was reached; empty if the file is not readable
 */
public record FileVerdict(
    String input, Verdict verdict, Optional<Instant> decidedAt, List<MetricResult> metrics) {
  public FileVerdict {
    metrics = List.copyOf(metrics);
  }

  /**
   * Judges one file. Never throws for what the file holds: an unreadable file is <i>not run</i>,
   * with a reason that names line and column.
   *
   * @param limits what to hold the canary to
   * @param window how long the canary is watched; empty: as long as the recording lasts, and at
   *     least half of the limits' window
   */
  public static FileVerdict of(Path file, JudgeLimits limits, Optional<Duration> window) {
    try {
      Recording recording = RecordingFile.read(file);
      Standing.Decided standing =
          FileJudge.judge(
              recording,
              limits.withWindow(window.orElseGet(() -> recording.window(limits.window()))));
      return new FileVerdict(
          file.toString(), standing.verdict(), Optional.of(standing.at()), standing.metrics());
    } catch (Unreadable e) {
      Reason reason = new Reason("judge.unreadable", "file", sentence(e));
      return new FileVerdict(
          file.toString(), new Verdict.NotRun(List.of(reason)), Optional.empty(), List.of());
    }
  }

  private static String sentence(Unreadable e) {
    return String.valueOf(e.getMessage());
  }

  /** The exit code of the command: 0 pass, 1 fail, 4 inconclusive or not run. */
  public int exitCode() {
    return switch (verdict) {
      case Verdict.Pass() -> 0;
      case Verdict.Fail(var reasons) -> 1;
      case Verdict.Inconclusive(var reasons) -> 4;
      case Verdict.NotRun(var reasons) -> 4;
      case Verdict.NotApplicable(var why) -> 4;
    };
  }

  /** The exit code for several files: any fail before any that does not decide before a pass. */
  public static int exitCode(List<FileVerdict> files) {
    if (files.stream().anyMatch(file -> file.exitCode() == 1)) {
      return 1;
    }
    return files.stream().mapToInt(FileVerdict::exitCode).max().orElse(0);
  }
}

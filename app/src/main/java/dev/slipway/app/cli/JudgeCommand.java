package dev.slipway.app.cli;

import dev.slipway.app.judging.FileVerdict;
import dev.slipway.app.judging.VerdictJson;
import dev.slipway.app.judging.VerdictText;
import dev.slipway.policy.Thresholds;
import dev.slipway.policy.judge.JudgeLimits;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Judges recorded canaries. */
@Command(
    name = "judge",
    mixinStandardHelpOptions = true,
    description = "Judges a recorded canary against limits and against its concurrent baseline.",
    footer = {
      "",
      "Columns: time (ISO or epoch seconds), arm (canary|baseline), optional instance,",
      "requests and errors or error_rate (0-1), latency_p99_ms or another quantile.",
      "",
      "Examples:",
      "  slipway judge rollout.csv",
      "  slipway judge a.csv b.csv --latency-p99-max 300ms --json"
    })
final class JudgeCommand implements Callable<Integer> {
  @Spec CommandSpec spec = CommandSpec.create();
  @Mixin Output output = new Output();

  @Parameters(paramLabel = "FILE", arity = "1..*", description = "recordings, as CSV")
  List<Path> files = List.of();

  @Option(
      names = "--window",
      paramLabel = "TIME",
      converter = Times.class,
      description =
          "how long the canary is watched; default: as long as the recording, at least 5m")
  Optional<Duration> window = Optional.empty();

  @Option(
      names = "--error-rate-max",
      paramLabel = "SHARE",
      converter = Shares.class,
      description = "highest share of failing requests; default: 0.5%%")
  double errorRateMax = Thresholds.DEFAULT.errorRateMax();

  @Option(
      names = "--latency-p99-max",
      paramLabel = "TIME",
      converter = Times.class,
      description = "highest p99 of response time; default: 800ms")
  Duration latencyMax = Thresholds.DEFAULT.latencyP99Max();

  @Option(
      names = "--baseline-tolerance",
      paramLabel = "SHARE",
      converter = Shares.class,
      description = "how much worse than the baseline is tolerated; default: 10%%")
  double tolerance = Thresholds.DEFAULT.regressionTolerance();

  @Override
  public Integer call() {
    JudgeLimits limits = limits();
    PrintWriter out = spec.commandLine().getOut();
    List<FileVerdict> verdicts =
        files.stream().map(file -> FileVerdict.of(file, limits, window)).toList();
    verdicts.forEach(
        verdict -> out.println(output.json ? VerdictJson.line(verdict) : VerdictText.of(verdict)));
    return FileVerdict.exitCode(verdicts);
  }

  private JudgeLimits limits() {
    Thresholds usual = Thresholds.DEFAULT;
    try {
      JudgeLimits limits =
          JudgeLimits.of(
              new Thresholds(
                  usual.riskMax(),
                  usual.coverageMin(),
                  errorRateMax,
                  latencyMax,
                  tolerance,
                  usual.flakyTestsMax(),
                  usual.model()));
      // Refuses a window of nothing here, and not once for every file.
      window.ifPresent(limits::withWindow);
      return limits;
    } catch (IllegalArgumentException e) {
      throw new Stop(Slipway.USAGE, String.valueOf(e.getMessage()));
    }
  }
}

package dev.slipway.bench.judge;

import dev.slipway.policy.judge.CanaryJudge;
import dev.slipway.policy.judge.FileJudge;
import dev.slipway.policy.judge.Interval;
import dev.slipway.policy.judge.JudgeLimits;
import dev.slipway.policy.judge.Recording;
import dev.slipway.policy.judge.Row;
import dev.slipway.policy.judge.Standing;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** How long a decision takes on ten thousand points. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class JudgeBenchmark {
  private static final int POINTS = 10_000;
  private static final int ROUNDS = 15;
  private static final int RECORDINGS = 100;
  private static final int NEXT = 1_000;

  private Recording recording = new Recording(List.of(), List.of(placeholder()));
  private JudgeLimits limits = JudgeLimits.DEFAULT;
  private CanaryJudge judge = CanaryJudge.begin(limits, Rollout.START);
  private List<Interval.Measured> intervals = List.of();
  private int next;

  private static Row placeholder() {
    return new Row(
        Rollout.START, dev.slipway.policy.judge.Arm.CANARY, "", 0, 0, Double.NaN, List.of());
  }

  /** A good rollout, repeated until there are enough rows. */
  @Setup(Level.Trial)
  public void record() {
    Rollout rollout = Rollout.simulate(Scenarios.all().getFirst(), 1);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; rows.size() < POINTS; i++) {
      for (Row row : rollout.recording(2).rows()) {
        rows.add(
            new Row(
                row.time().plus(Rollout.WINDOW.multipliedBy(i)),
                row.arm(),
                row.instance(),
                row.requests(),
                row.errors(),
                row.errorRate(),
                row.latencies()));
      }
    }
    recording = new Recording(List.of(0.99), rows.subList(0, POINTS));
    limits = JudgeLimits.DEFAULT.withWindow(recording.span());
    intervals = rollout.intervals();
    judge = CanaryJudge.begin(limits, Rollout.START);
    for (int i = 0; i < POINTS; i++) {
      observe();
    }
  }

  /** The whole verdict on a recording of ten thousand rows. */
  @Benchmark
  public Standing recordingOfTenThousandRows() {
    return FileJudge.judge(recording, limits);
  }

  /** What the running judge takes for the next interval after ten thousand. */
  @Benchmark
  public Standing nextInterval() {
    return observe();
  }

  /**
   * Prints the processor time of both, which unlike the clock tells something on a busy machine.
   */
  public static void main(String[] args) {
    JudgeBenchmark benchmark = new JudgeBenchmark();
    benchmark.record();
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    for (int round = 0; round < ROUNDS; round++) {
      long start = threads.getCurrentThreadCpuTime();
      for (int i = 0; i < RECORDINGS; i++) {
        benchmark.recordingOfTenThousandRows();
      }
      long between = threads.getCurrentThreadCpuTime();
      for (int i = 0; i < NEXT; i++) {
        benchmark.nextInterval();
      }
      long end = threads.getCurrentThreadCpuTime();
      System.out.printf(
          "recording %d us, next interval %d us%n",
          (between - start) / 1_000 / RECORDINGS, (end - between) / 1_000 / NEXT);
    }
  }

  private Standing observe() {
    Interval.Measured interval = intervals.get(next % intervals.size());
    Duration shift = Rollout.WINDOW.multipliedBy(next / intervals.size());
    next++;
    return judge.observe(
        new Interval.Measured(
            interval.from().plus(shift),
            interval.to().plus(shift),
            interval.canary(),
            interval.baseline()));
  }
}

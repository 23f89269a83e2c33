package dev.slipway.app.judging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.agents.Assignment;
import dev.slipway.app.CanaryWatched;
import dev.slipway.change.Digest;
import dev.slipway.change.Environment;
import dev.slipway.change.ServiceName;
import dev.slipway.change.Slot;
import dev.slipway.evidence.FakeEvidenceStore;
import dev.slipway.policy.Report;
import dev.slipway.policy.Share;
import dev.slipway.policy.judge.ArmTraffic;
import dev.slipway.policy.judge.JudgeLimits;
import dev.slipway.policy.judge.Latencies;
import dev.slipway.policy.judge.Recording;
import dev.slipway.telemetry.MetricSource;
import dev.slipway.telemetry.Observation;
import dev.slipway.telemetry.RecordingText;
import dev.slipway.telemetry.Ticker;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a watch of a canary saw, judged again from the file it is kept in. */
class RecordedWatchTest {
  private static final Slot SLOT = new Slot(Environment.PRODUCTION, new ServiceName("orders"));
  private static final Instant START = Instant.parse("2026-01-05T10:00:00Z");
  private static final Duration WINDOW = Duration.ofMinutes(10);

  @TempDir Path directory;

  private final FakeEvidenceStore evidence = new FakeEvidenceStore();

  /** Fifty requests a second, a twentieth of them to the canary, as in docs/judge.md. */
  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "it is as good, pass, pass, 0.0005, 1, 0",
    "everything fails, fail, fail, 1, 1, 0",
    "a tenth fails, fail, fail, 0.1, 1, 0",
    "ten times the limit fails, fail, fail, 0.05, 1, 0",
    "four times the limit fails, fail, fail, 0.02, 1, 0",
    "it takes over a second, fail, fail, 0.0005, 40, 0",
    "it is twice as slow, fail, fail, 0.0005, 2, 0",
    "it is half as slow again, fail, fail, 0.0005, 1.5, 0",
    // Live, requests are counted; the file has no more than a p99 for each row.
    "one request in ten is slow, fail, inconclusive, 0.0005, 1, 0.1",
  })
  void aFileIsJudgedAsTheCanaryWas(
      String canary, String live, String again, double errors, double slower, double tail)
      throws Exception {
    Report report = watched(new Simulation(errors, slower, tail));

    assertThat(report.judged()).as(report.notes().toString()).hasSize(1);
    assertThat(report.judged().getFirst().label()).isEqualTo(live);
    assertThat(judged(report).verdict().label()).isEqualTo(again);
  }

  private FileVerdict judged(Report report) throws Exception {
    String named = report.evidence().get(Report.RECORDING);
    byte[] content = evidence.find(new Digest(named.substring("sha256:".length()))).orElseThrow();
    Path file = Files.write(directory.resolve("recording"), content);
    // The reader of files of any origin reads it as the pipeline itself does.
    Recording recording = RecordingText.parse(new String(content, StandardCharsets.UTF_8));
    assertThat(RecordingFile.read(file)).isEqualTo(recording);
    // As the incident report says to.
    return FileVerdict.of(file, JudgeLimits.DEFAULT, Optional.of(recording.span()));
  }

  /** Poisson arrivals, independent failures, log-normal latencies around 80 ms; seeded. */
  private static final class Simulation implements MetricSource {
    private static final double WIDTH = 1.05;

    private final SplittableRandom random = new SplittableRandom(7);
    private final double errors;
    private final double slower;
    private final double tail;

    Simulation(double errors, double slower, double tail) {
      this.errors = errors;
      this.slower = slower;
      this.tail = tail;
    }

    @Override
    public Observation observe(Slot slot, Instant from, Instant to) {
      return new Observation.Seen(
          from, to, traffic(2.5, errors, slower, tail), traffic(47.5, 0.0005, 1, 0), List.of());
    }

    private ArmTraffic traffic(double mean, double failing, double times, double slow) {
      int requests = poisson(mean);
      int failed = 0;
      TreeMap<Double, Long> counts = new TreeMap<>();
      for (int i = 0; i < requests; i++) {
        failed += random.nextDouble() < failing ? 1 : 0;
        double millis = 80 * times * Math.exp(0.5 * random.nextGaussian());
        counts.merge(bound(random.nextDouble() < slow ? 1_500 : millis), 1L, Long::sum);
      }
      List<Latencies.Bucket> buckets = new ArrayList<>();
      double last = 0;
      for (Map.Entry<Double, Long> it : counts.entrySet()) {
        // As wide as the meter has them, not as wide as the gap to the one before.
        if (it.getKey() / WIDTH > last * 1.001) {
          buckets.add(new Latencies.Bucket(it.getKey() / WIDTH, 0));
        }
        buckets.add(new Latencies.Bucket(it.getKey(), it.getValue()));
        last = it.getKey();
      }
      return new ArmTraffic(requests, failed, new Latencies(buckets));
    }

    private static double bound(double millis) {
      return 800 * Math.pow(WIDTH, Math.ceil(Math.log(millis / 800) / Math.log(WIDTH)));
    }

    private int poisson(double mean) {
      int n = -1;
      double product = 1;
      do {
        product *= random.nextDouble();
        n++;
      } while (product > Math.exp(-mean));
      return n;
    }
  }

  private Report watched(MetricSource metrics) throws InterruptedException {
    return CanaryWatched.report(
        slot -> Optional.empty(),
        metrics,
        new Assignment.Watch(SLOT, Share.percent(5), START, WINDOW),
        new NoTicks(),
        evidence);
  }

  private record NoTicks() implements Ticker {
    @Override
    public Instant now() {
      return START;
    }

    @Override
    public void await(Instant time) {}
  }
}

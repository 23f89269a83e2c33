package dev.slipway.app.http;

import dev.slipway.policy.judge.ArmTraffic;
import dev.slipway.policy.judge.Latencies;
import dev.slipway.project.StagingPlan;
import dev.slipway.telemetry.StagingRun;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.HistogramIterationValue;

/**
 * Open-loop load: every request has its time, whatever became of the one before, and its latency
 * counts from that time. So a stall shows in all the requests it held up, not in one.
 */
final class Load {
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(10);
  private static final int IN_FLIGHT_MAX = 1_000;
  private static final double MICROS_PER_MILLI = 1_000;

  private final HttpClient http;
  private final URI base;
  private final StagingPlan plan;
  private final List<StagingPlan.Request> requests;
  private final Map<String, Count> counts = new ConcurrentHashMap<>();
  private final Semaphore room = new Semaphore(IN_FLIGHT_MAX);

  Load(HttpClient http, URI base, StagingPlan plan) {
    this.http = http;
    this.base = base;
    this.plan = plan;
    this.requests =
        plan.requests().isEmpty() ? List.of(StagingPlan.Request.get("/")) : plan.requests();
  }

  StagingRun run(Duration duration) throws InterruptedException {
    long start = System.nanoTime();
    long gap = (long) (TimeUnit.SECONDS.toNanos(1) / plan.requestsPerSecond());
    long count = Math.max(1, duration.toNanos() / gap);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (long i = 0; i < count; i++) {
        long due = start + i * gap;
        TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
        StagingPlan.Request request = requests.get((int) (i % requests.size()));
        room.acquire();
        threads.execute(() -> send(request, due));
      }
    }
    SortedMap<String, ArmTraffic> endpoints = new TreeMap<>();
    counts.forEach((endpoint, seen) -> endpoints.put(endpoint, seen.traffic()));
    return new StagingRun(endpoints, plan.factors());
  }

  private void send(StagingPlan.Request request, long due) {
    Count count = counts.computeIfAbsent(endpoint(request), ignored -> new Count());
    try {
      int status =
          http.send(
                  HttpProber.request(
                          base, request.method(), request.path(), request.headers(), request.body())
                      .timeout(ANSWER_LIMIT)
                      .build(),
                  BodyHandlers.discarding())
              .statusCode();
      if (status >= 500) {
        count.errors.increment();
      }
    } catch (IOException e) {
      // Refused, cut or late: to a client all of them are a failed request.
      count.errors.increment();
    } catch (InterruptedException e) {
      count.errors.increment();
      Thread.currentThread().interrupt();
    } finally {
      count.took(System.nanoTime() - due);
      room.release();
    }
  }

  /** The query is not part of it: it may differ for every user. */
  private static String endpoint(StagingPlan.Request request) {
    return request.method() + " " + request.path().replaceFirst("[?#].*", "");
  }

  /** What came of the requests to one endpoint. */
  private static final class Count {
    private final ConcurrentHistogram micros =
        new ConcurrentHistogram(TimeUnit.MINUTES.toMicros(10), 2);
    private final LongAdder errors = new LongAdder();

    private void took(long nanos) {
      micros.recordValue(
          Math.min(
              micros.getHighestTrackableValue(),
              TimeUnit.NANOSECONDS.toMicros(Math.max(0, nanos))));
    }

    private ArmTraffic traffic() {
      return new ArmTraffic(micros.getTotalCount(), errors.sum(), latencies());
    }

    private Latencies latencies() {
      List<Latencies.Bucket> buckets = new ArrayList<>();
      double last = 0;
      for (HistogramIterationValue value : micros.recordedValues()) {
        double below =
            (micros.lowestEquivalentValue(value.getValueIteratedTo()) - 1) / MICROS_PER_MILLI;
        double upTo = micros.highestEquivalentValue(value.getValueIteratedTo()) / MICROS_PER_MILLI;
        if (below > last) {
          // Empty buckets are left out; the bound below says how wide this one is.
          buckets.add(new Latencies.Bucket(below, 0));
        }
        buckets.add(
            new Latencies.Bucket(Math.max(upTo, 0.001), value.getCountAddedInThisIterationStep()));
        last = upTo;
      }
      return new Latencies(buckets);
    }
  }
}

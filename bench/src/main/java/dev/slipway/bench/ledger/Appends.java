package dev.slipway.bench.ledger;

import dev.slipway.ledger.Ledger;
import dev.slipway.ledger.LedgerOptions;
import dev.slipway.ledger.LogKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.stream.LongStream;

/**
 * Durable appends a second and their latency at 1, 16 and 256 writers.
 *
 * <p>{@code Appends DIRECTORY [SECONDS]}: a fresh log below the directory, entries of 300 bytes.
 */
final class Appends {
  private static final int ENTRY_BYTES = 300;
  private static final int MAX_SAMPLES = 4_000_000;

  private Appends() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    int seconds = args.length > 1 ? Integer.parseInt(args[1]) : 5;
    for (int writers : new int[] {1, 16, 256}) {
      Path directory = Files.createTempDirectory(Path.of(args[0]), "appends-");
      LedgerOptions options = LedgerOptions.signedBy(LogKey.create("example.com/bench"));
      try (Ledger ledger = Ledger.open(directory, options)) {
        measure(ledger, writers, 2);
        long before = ledger.size();
        long start = System.nanoTime();
        long[] latencies = measure(ledger, writers, seconds);
        double elapsed = (System.nanoTime() - start) / 1e9;
        System.out.printf(
            "%3d writers: %,9.0f appends/s, p50 %.2f ms, p99 %.2f ms, max %.2f ms%n",
            writers,
            (ledger.size() - before) / elapsed,
            at(latencies, 0.50),
            at(latencies, 0.99),
            at(latencies, 1.0));
      }
      Sizes.print(directory);
    }
  }

  /** Latencies in nanoseconds, sorted. */
  private static long[] measure(Ledger ledger, int writers, int seconds)
      throws InterruptedException {
    long end = System.nanoTime() + seconds * 1_000_000_000L;
    long[][] latencies = new long[writers][];
    CountDownLatch done = new CountDownLatch(writers);
    for (int w = 0; w < writers; w++) {
      int writer = w;
      Thread.ofVirtual()
          .start(
              () -> {
                latencies[writer] = append(ledger, writer, end, MAX_SAMPLES / writers);
                done.countDown();
              });
    }
    done.await();
    return Arrays.stream(latencies).flatMapToLong(LongStream::of).sorted().toArray();
  }

  private static long[] append(Ledger ledger, int writer, long end, int samples) {
    SplittableRandom random = new SplittableRandom(writer);
    byte[] entry = new byte[ENTRY_BYTES];
    long[] latencies = new long[samples];
    int n = 0;
    for (long now = System.nanoTime(); now < end && n < samples; ) {
      random.nextBytes(entry);
      ledger.append(writer + " " + now, entry);
      long after = System.nanoTime();
      latencies[n++] = after - now;
      now = after;
    }
    return Arrays.copyOf(latencies, n);
  }

  private static double at(long[] sorted, double quantile) {
    return sorted[(int) Math.min(sorted.length - 1, sorted.length * quantile)] / 1e6;
  }
}

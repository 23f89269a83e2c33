package dev.slipway.bench.ledger;

import dev.slipway.ledger.KeyFile;
import dev.slipway.ledger.Ledger;
import dev.slipway.ledger.LedgerOptions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Fills a log with entries of 100 bytes, for {@link Verifies} and {@link Proofs}; a later call goes
 * on.
 *
 * <p>{@code Fill DIRECTORY ENTRIES}: the key is kept in {@code DIRECTORY.key}.
 */
final class Fill {
  private static final int WRITERS = 2000;
  private static final int ENTRY_BYTES = 100;

  private Fill() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    Path directory = Path.of(args[0]);
    long target = Long.parseLong(args[1]);
    LedgerOptions options =
        LedgerOptions.signedBy(KeyFile.openOrCreate(Path.of(args[0] + ".key"), "example.com/bench"))
            .withCheckpointEvery(Duration.ofSeconds(1));
    long opening = System.nanoTime();
    try (Ledger ledger = Ledger.open(directory, options)) {
      System.out.printf(
          "opened %,d entries in %.1f s%n", ledger.size(), (System.nanoTime() - opening) / 1e9);
      long before = ledger.size();
      long start = System.nanoTime();
      AtomicLong next = new AtomicLong(before);
      CountDownLatch done = new CountDownLatch(WRITERS);
      for (int w = 0; w < WRITERS; w++) {
        Thread.ofVirtual()
            .start(
                () -> {
                  for (long i = next.getAndIncrement(); i < target; i = next.getAndIncrement()) {
                    ledger.append("entry " + i, entry(i));
                  }
                  done.countDown();
                });
      }
      done.await();
      double seconds = (System.nanoTime() - start) / 1e9;
      System.out.printf(
          "%,d appends in %.1f s: %,.0f a second%n",
          ledger.size() - before, seconds, (ledger.size() - before) / seconds);
    }
    Sizes.print(directory);
  }

  private static byte[] entry(long i) {
    return ByteBuffer.allocate(ENTRY_BYTES).putLong(i).array();
  }
}

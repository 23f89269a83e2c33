package dev.slipway.bench.ledger;

import dev.slipway.ledger.Ledger;
import dev.slipway.ledger.LedgerOptions;
import dev.slipway.ledger.LogKey;
import dev.slipway.ledger.LogVerifier;
import dev.slipway.ledger.TileSource;
import dev.slipway.ledger.TrustedKeys;
import dev.slipway.ledger.VerifyOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * Flips every single bit of every public file of a log of 1,000 entries, one at a time, and
 * verifies the log each time: with the trusted key, and where that is not asked for. Exits with 1
 * if one flip is not detected.
 *
 * <p>{@code Flips DIRECTORY [ENTRIES]}: a fresh log below the directory.
 */
final class Flips {
  private final Map<String, byte[]> files = new TreeMap<>();
  private final List<VerifyOptions> options;
  private final AtomicLong flips = new AtomicLong();
  private final AtomicLong missed = new AtomicLong();

  private Flips(LogKey key) {
    this.options =
        List.of(
            VerifyOptions.trusting(TrustedKeys.of(List.of(key.verifier()))),
            VerifyOptions.trusting(TrustedKeys.none()));
  }

  public static void main(String[] args) throws IOException {
    int entries = args.length > 1 ? Integer.parseInt(args[1]) : 1000;
    Path directory = Files.createTempDirectory(Path.of(args[0]), "flips-");
    LogKey key = LogKey.create("example.com/log");
    try (Ledger ledger = Ledger.open(directory, LedgerOptions.signedBy(key))) {
      for (int i = 0; i < entries; i++) {
        ledger.append("key " + i, ("entry " + i).getBytes(StandardCharsets.UTF_8));
      }
      ledger.blobs().put("a transcript".getBytes(StandardCharsets.UTF_8));
    }
    Flips run = new Flips(key);
    run.load(directory);
    long start = System.nanoTime();
    run.flipAll();
    System.out.printf(
        "%,d flips in %d files, %d not detected, %.0f s%n",
        run.flips.get(), run.files.size(), run.missed.get(), (System.nanoTime() - start) / 1e9);
    System.exit(run.missed.get() == 0 ? 0 : 1);
  }

  private void load(Path directory) throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        String path = directory.relativize(file).toString();
        if (!path.equals("keys") && !path.equals("lock") && !path.startsWith("journal/")) {
          files.put(path, Files.readAllBytes(file));
        }
      }
    }
  }

  private void flipAll() {
    for (VerifyOptions each : options) {
      if (!LogVerifier.verify(source("", new byte[0]), each).ok()) {
        throw new IllegalStateException("the log does not verify as it is");
      }
    }
    try (ExecutorService threads =
        Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
      files.forEach(
          (path, bytes) -> {
            for (int i = 0; i < bytes.length; i++) {
              int at = i;
              threads.execute(() -> flipByte(path, bytes, at));
            }
          });
    }
  }

  private void flipByte(String path, byte[] bytes, int at) {
    for (int bit = 0; bit < 8; bit++) {
      byte[] flipped = bytes.clone();
      flipped[at] ^= (byte) (1 << bit);
      boolean isTile = path.startsWith("tile/") || path.startsWith("blobs/");
      for (VerifyOptions each : isTile ? options.subList(0, 1) : options) {
        if (LogVerifier.verify(source(path, flipped), each).ok()) {
          missed.incrementAndGet();
          System.out.printf("NOT DETECTED: bit %d of byte %d of %s%n", bit, at, path);
        }
      }
      if (flips.incrementAndGet() % 50_000 == 0) {
        System.out.printf("%,d flips%n", flips.get());
      }
    }
  }

  /** The log with one file exchanged. */
  private TileSource source(String exchanged, byte[] content) {
    return new TileSource() {
      @Override
      public Optional<byte[]> read(String path) {
        return path.equals(exchanged) ? Optional.of(content) : Optional.ofNullable(files.get(path));
      }

      @Override
      public List<String> list() {
        return new ArrayList<>(files.keySet());
      }
    };
  }
}

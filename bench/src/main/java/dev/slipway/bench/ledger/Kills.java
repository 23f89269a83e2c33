package dev.slipway.bench.ledger;

import dev.slipway.ledger.KeyFile;
import dev.slipway.ledger.Ledger;
import dev.slipway.ledger.LedgerOptions;
import dev.slipway.ledger.LogKey;
import dev.slipway.ledger.LogVerifier;
import dev.slipway.ledger.TileSource;
import dev.slipway.ledger.TrustedKeys;
import dev.slipway.ledger.Verification;
import dev.slipway.ledger.VerifyOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Kills a process that appends with SIGKILL, again and again on one log, and looks for what it had
 * acknowledged. Exits with 1 if something is lost.
 *
 * <p>{@code Kills DIRECTORY [KILLS]}: a fresh log below the directory, 200 kills.
 */
final class Kills {
  private static final String NAME = "example.com/log";

  private Kills() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    if (args[0].equals("append")) {
      appendUntilKilled(Path.of(args[1]), args[2]);
      return;
    }
    int kills = args.length > 1 ? Integer.parseInt(args[1]) : 200;
    Path root = Files.createTempDirectory(Path.of(args[0]), "kills-");
    SplittableRandom random = new SplittableRandom(3);
    Map<String, Long> acknowledged = new HashMap<>();
    for (int kill = 0; kill < kills; kill++) {
      acknowledged.putAll(kill(root, "run" + kill, 1 + random.nextInt(2000)));
    }
    int lost = lost(root, acknowledged);
    System.out.printf("%d kills, %,d acknowledged, %d lost%n", kills, acknowledged.size(), lost);
    System.exit(lost == 0 ? 0 : 1);
  }

  private static Map<String, Long> kill(Path root, String run, int after) throws IOException {
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Kills.class.getName(),
                "append",
                root.toString(),
                run)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    Map<String, Long> acknowledged = new HashMap<>();
    try (BufferedReader lines = child.inputReader()) {
      StringBuilder line = new StringBuilder();
      for (int c = lines.read(); c >= 0; c = lines.read()) {
        line.append((char) c);
        if (c == '\n') {
          String[] words = line.toString().strip().split(" ", -1);
          acknowledged.put(words[0], Long.parseLong(words[1]));
          line.setLength(0);
          if (acknowledged.size() == after) {
            child.toHandle().destroyForcibly();
          }
        }
      }
    }
    return acknowledged;
  }

  private static int lost(Path root, Map<String, Long> acknowledged) {
    List<LogKey> keys = KeyFile.openOrCreate(root.resolve("key"), NAME);
    int lost = 0;
    try (Ledger ledger = Ledger.open(root.resolve("log"), LedgerOptions.signedBy(keys))) {
      for (Map.Entry<String, Long> each : acknowledged.entrySet()) {
        boolean there =
            each.getValue() < ledger.size()
                && Arrays.equals(ledger.entry(each.getValue()), bytes(each.getKey()))
                && ledger.append(each.getKey(), bytes(each.getKey())).index() == each.getValue();
        lost += there ? 0 : 1;
      }
    }
    Verification result =
        LogVerifier.verify(
            TileSource.directory(root.resolve("log")),
            VerifyOptions.trusting(TrustedKeys.of(keys.stream().map(LogKey::verifier).toList())));
    System.out.printf("%,d entries, problems: %s%n", result.size(), result.problems());
    return lost + result.problems().size();
  }

  private static void appendUntilKilled(Path root, String run) throws InterruptedException {
    LedgerOptions options =
        LedgerOptions.signedBy(KeyFile.openOrCreate(root.resolve("key"), NAME))
            .withCheckpointEvery(Duration.ofMillis(20));
    try (Ledger ledger = Ledger.open(root.resolve("log"), options)) {
      Thread[] writers = new Thread[8];
      for (int w = 0; w < writers.length; w++) {
        String writer = run + "." + w + ".";
        writers[w] =
            Thread.ofVirtual()
                .start(
                    () -> {
                      for (int i = 0; i < 1_000_000; i++) {
                        long index = ledger.append(writer + i, bytes(writer + i)).index();
                        System.out.println(writer + i + " " + index);
                      }
                    });
      }
      for (Thread writer : writers) {
        writer.join();
      }
    }
  }

  private static byte[] bytes(String key) {
    return ("entry of " + key + " " + "x".repeat(key.hashCode() & 0x3ff))
        .getBytes(StandardCharsets.UTF_8);
  }
}

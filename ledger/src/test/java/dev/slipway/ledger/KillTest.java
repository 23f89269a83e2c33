package dev.slipway.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * E1, E3: kill -9 while entries are appended. A sample of the 200 kills that {@code bench} makes;
 * each costs the start of a Java process.
 */
class KillTest {
  private static final int KILLS = 12;

  @TempDir Path root;

  @Test
  void nothingAcknowledgedIsLostWhenTheWriterIsKilled() throws IOException {
    Random random = new Random(9);
    Path directory = root.resolve("log");
    Path keyFile = root.resolve("key");
    Map<String, Long> acknowledged = new HashMap<>();
    for (int kill = 0; kill < KILLS; kill++) {
      acknowledged.putAll(run(directory, keyFile, kill, 1 + random.nextInt(300)));
    }
    List<LogKey> keys = KeyFile.openOrCreate(keyFile, "example.com/log");
    try (Ledger ledger = Ledger.open(directory, LedgerOptions.signedBy(keys))) {
      assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(KILLS);
      acknowledged.forEach(
          (key, index) -> {
            assertThat(ledger.entry(index)).isEqualTo(AppendUntilKilled.bytes(key));
            assertThat(ledger.append(key, AppendUntilKilled.bytes(key)).index()).isEqualTo(index);
          });
    }
    assertThat(Logs.verify(directory, keys.getFirst()).problems()).isEmpty();
  }

  /** Starts a writer, kills it after so many acknowledgements, returns all that it printed. */
  private static Map<String, Long> run(Path directory, Path keyFile, int kill, int after)
      throws IOException {
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                AppendUntilKilled.class.getName(),
                directory.toString(),
                keyFile.toString(),
                "run" + kill)
            .redirectErrorStream(true)
            .start();
    Map<String, Long> acknowledged = new HashMap<>();
    StringBuilder other = new StringBuilder();
    try (BufferedReader lines = child.inputReader()) {
      StringBuilder line = new StringBuilder();
      for (int c = lines.read(); c >= 0; c = lines.read()) {
        line.append((char) c);
        if (c == '\n') {
          String[] words = line.toString().strip().split(" ");
          if (words[0].equals("acknowledged")) {
            acknowledged.put(words[1], Long.parseLong(words[2]));
          } else {
            other.append(line);
          }
          line.setLength(0);
          if (acknowledged.size() == after) {
            child.toHandle().destroyForcibly();
          }
        }
      }
    }
    assertThat(other.toString()).isEmpty();
    assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(after);
    return acknowledged;
  }
}

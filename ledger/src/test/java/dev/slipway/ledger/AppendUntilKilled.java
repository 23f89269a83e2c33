package dev.slipway.ledger;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Appends from four threads and prints each acknowledgement, until it is killed. */
final class AppendUntilKilled {
  private AppendUntilKilled() {}

  public static void main(String[] args) throws InterruptedException {
    List<LogKey> keys = KeyFile.openOrCreate(Path.of(args[1]), "example.com/log");
    LedgerOptions options = LedgerOptions.signedBy(keys).withCheckpointEvery(Duration.ofMillis(20));
    try (Ledger ledger = Ledger.open(Path.of(args[0]), options)) {
      Thread[] writers = new Thread[4];
      for (int w = 0; w < writers.length; w++) {
        String writer = args[2] + "." + w;
        writers[w] = Thread.ofVirtual().start(() -> append(ledger, writer));
      }
      for (Thread writer : writers) {
        writer.join();
      }
    }
  }

  private static void append(Ledger ledger, String writer) {
    for (int i = 0; i < 1_000_000; i++) {
      String key = writer + "." + i;
      Appended appended = ledger.append(key, bytes(key));
      System.out.println("acknowledged " + key + " " + appended.index());
    }
  }

  static byte[] bytes(String key) {
    return ("the entry of " + key + " " + "x".repeat(key.hashCode() & 0x3ff))
        .getBytes(StandardCharsets.UTF_8);
  }
}

package dev.slipway.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerTest {
  private final LedgerOptions options = LedgerOptions.signedBy(LogKey.create("example.com/log"));

  @TempDir Path directory;

  @Test
  void anEntryIsReadBackAfterReopening() {
    try (Ledger ledger = Ledger.open(directory, options)) {
      for (int i = 0; i < 600; i++) {
        assertThat(ledger.append("key " + i, entry(i)).index()).isEqualTo(i);
        if (i % 100 == 0) {
          assertThat(ledger.publish().checkpoint().size()).isEqualTo(i + 1);
        }
        assertThat(ledger.entry(i)).isEqualTo(entry(i));
      }
    }
    try (Ledger ledger = Ledger.open(directory, options)) {
      assertThat(ledger.recovered()).isEqualTo(new Recovered(600, 0, 0));
      for (int i = 0; i < 600; i++) {
        assertThat(ledger.entry(i)).isEqualTo(entry(i));
      }
    }
  }

  @Test
  void theSameKeyAndBytesReturnTheFirstIndexAlsoAfterReopening() {
    Appended first;
    try (Ledger ledger = Ledger.open(directory, options)) {
      ledger.append("other", entry(0));
      first = ledger.append("key", entry(1));
      assertThat(ledger.append("key", entry(1))).isEqualTo(first);
    }
    try (Ledger ledger = Ledger.open(directory, options)) {
      assertThat(ledger.append("key", entry(1))).isEqualTo(first);
      assertThat(ledger.size()).isEqualTo(2);
    }
  }

  @Test
  void theSameKeyWithOtherBytesIsAConflictThatNamesTheKey() {
    try (Ledger ledger = Ledger.open(directory, options)) {
      ledger.append("decision/7\u001b[31m", entry(1));
      assertThatThrownBy(() -> ledger.append("decision/7\u001b[31m", entry(2)))
          .isInstanceOf(KeyConflict.class)
          .hasMessageContaining("decision/7\\u{1b}[31m")
          .hasMessageContaining("entry 0");
      assertThat(ledger.size()).isEqualTo(1);
    }
  }

  @Test
  void lostKeysAreRebuiltFromEntriesThatTellThem() throws IOException {
    try (Ledger ledger = Ledger.open(directory, options)) {
      for (int i = 0; i < 300; i++) {
        ledger.append("key of entry " + i, entry(i));
      }
    }
    Files.delete(directory.resolve("keys"));
    assertThatThrownBy(() -> Ledger.open(directory, options)).hasMessageContaining("rebuildKeys");
    Ledger.rebuildKeys(directory, entry -> "key of " + new String(entry, UTF_8));
    try (Ledger ledger = Ledger.open(directory, options)) {
      for (int i = 0; i < 300; i++) {
        assertThat(ledger.append("key of entry " + i, entry(i)).index()).isEqualTo(i);
      }
      assertThatThrownBy(() -> Ledger.rebuildKeys(directory, entry -> ""))
          .isInstanceOf(LogLocked.class);
    }
  }

  private static byte[] entry(int i) {
    return ("entry " + i).getBytes(UTF_8);
  }
}

package dev.slipway.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConcurrencyTest {
  private static final int WRITERS = 64;
  private static final int EACH = 50;

  private final LogKey key = LogKey.create("example.com/log");
  private final LedgerOptions options =
      LedgerOptions.signedBy(key).withCheckpointEvery(Duration.ofMillis(5));

  @TempDir Path directory;

  private static <T> List<T> together(List<Callable<T>> calls) throws Exception {
    List<T> results = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<T> future : threads.invokeAll(calls)) {
        results.add(future.get());
      }
    }
    return results;
  }

  @Test
  void theOrderOfEachWriterIsKeptWhileCheckpointsArePublished() throws Exception {
    try (Ledger ledger = Ledger.open(directory, options)) {
      List<Callable<List<Appended>>> writers = new ArrayList<>();
      for (int w = 0; w < WRITERS; w++) {
        String writer = "writer " + w;
        writers.add(
            () -> {
              List<Appended> appended = new ArrayList<>();
              for (int i = 0; i < EACH; i++) {
                appended.add(ledger.append(writer + " " + i, (writer + " " + i).getBytes(UTF_8)));
              }
              return appended;
            });
      }
      List<List<Appended>> all = together(writers);
      assertThat(ledger.size()).isEqualTo(WRITERS * EACH);
      for (int w = 0; w < WRITERS; w++) {
        assertThat(all.get(w)).extracting(Appended::index).isSorted().doesNotHaveDuplicates();
        for (int i = 0; i < EACH; i++) {
          assertThat(ledger.entry(all.get(w).get(i).index()))
              .isEqualTo(("writer " + w + " " + i).getBytes(UTF_8));
        }
      }
    }
    assertThat(Logs.verify(directory, key).problems()).isEmpty();
  }

  @Test
  void manyAtOnceUnderOneKeyGetOneIndex() throws Exception {
    try (Ledger ledger = Ledger.open(directory, options)) {
      List<Callable<Appended>> same = new ArrayList<>();
      for (int i = 0; i < WRITERS; i++) {
        same.add(() -> ledger.append("key", Logs.entry(0)));
      }
      assertThat(together(same)).containsOnly(new Appended(0, Hash.leaf(Logs.entry(0))));
      assertThat(ledger.size()).isOne();
    }
  }

  @Test
  void readersSeeEachEntryAtOnceWhereverItIs() throws Exception {
    try (Ledger ledger = Ledger.open(directory, options)) {
      List<Callable<Boolean>> both = new ArrayList<>();
      for (int w = 0; w < 8; w++) {
        String writer = "writer " + w;
        both.add(
            () -> {
              for (int i = 0; i < 200; i++) {
                byte[] entry = (writer + i).getBytes(UTF_8);
                Appended appended = ledger.append(writer + i, entry);
                assertThat(ledger.entry(appended.index())).isEqualTo(entry);
              }
              return true;
            });
      }
      assertThat(together(both)).containsOnly(true);
    }
  }

  @Test
  void aPublishedCheckpointProvesWhatWasAppendedBefore() {
    try (Ledger ledger = Ledger.open(directory, options.withCheckpointEvery(Duration.ofHours(1)))) {
      for (int i = 0; i < 20; i++) {
        Appended appended = ledger.append("key " + i, Logs.entry(i));
        Checkpoint checkpoint = ledger.publish().checkpoint();
        InclusionProof proof = ledger.reader().inclusion(appended.index());
        assertThat(proof.verifies(appended.leafHash(), checkpoint.root())).isTrue();
      }
    }
  }

  @Test
  void anInterruptedWriterStillLearnsTheOutcome() {
    try (Ledger ledger = Ledger.open(directory, options)) {
      Thread.currentThread().interrupt();
      assertThat(ledger.append("key", Logs.entry(0)).index()).isZero();
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void aClosedLogTakesNothing() {
    Ledger ledger = Ledger.open(directory, options);
    ledger.append("key", Logs.entry(0));
    ledger.close();
    ledger.close();
    assertThatThrownBy(() -> ledger.append("later", Logs.entry(1)))
        .isInstanceOf(LogReadOnly.class)
        .hasMessageContaining("closed");
    assertThat(ledger.latestCheckpoint().checkpoint().size()).isOne();
  }

  @Test
  void aKeyWithoutBytesOfItsOwnIsRefused() {
    try (Ledger ledger = Ledger.open(directory, options)) {
      assertThatThrownBy(() -> ledger.append("\ud800", Logs.entry(0)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("not valid Unicode");
    }
  }

  @Test
  void anEntryOverTheBoundIsRefusedByName() {
    try (Ledger ledger = Ledger.open(directory, options)) {
      byte[] longest = new byte[Ledger.MAX_ENTRY_BYTES];
      assertThat(ledger.append("longest", longest).index()).isZero();
      assertThat(ledger.append("empty", new byte[0]).index()).isOne();
      assertThatThrownBy(() -> ledger.append("longer", new byte[65_536]))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("65535 bytes");
      ledger.publish();
      assertThat(ledger.entry(0)).isEqualTo(longest);
      assertThat(ledger.entry(1)).isEmpty();
    }
    assertThat(Logs.verify(directory, key).problems()).isEmpty();
  }
}

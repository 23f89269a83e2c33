package dev.slipway.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** E4, E5: storage that fails, at every point where it can. */
class FaultTest {
  private final LogKey key = LogKey.create("example.com/log");
  private final LedgerOptions options = LedgerOptions.signedBy(key);

  @TempDir Path root;

  /** A disk that fails for good at the n-th write or fsync; a failing write stores half. */
  private static final class FailingDisk implements Disk {
    private final AtomicInteger left;
    private final String message;

    FailingDisk(int operations, String message) {
      this.left = new AtomicInteger(operations);
      this.message = message;
    }

    boolean hasFailed() {
      return left.get() <= 0;
    }

    private boolean fails() {
      return left.updateAndGet(n -> Math.max(0, n - 1)) == 0;
    }

    @Override
    public FileChannel open(Path file, OpenOption... options) throws IOException {
      return new DelegatingChannel(FileChannel.open(file, options)) {
        @Override
        public int write(ByteBuffer source) throws IOException {
          if (fails()) {
            channel.write(source.slice(source.position(), source.remaining() / 2));
            throw new IOException(message);
          }
          return channel.write(source);
        }

        @Override
        public int write(ByteBuffer source, long position) throws IOException {
          if (fails()) {
            throw new IOException(message);
          }
          return channel.write(source, position);
        }

        @Override
        public void force(boolean metadata) throws IOException {
          if (fails()) {
            throw new IOException(message);
          }
        }
      };
    }
  }

  @Test
  void e4ADiskThatIsFullMakesTheAppendFailLoudlyAndTheLogReadOnly() {
    Path directory = root.resolve("log");
    FailingDisk disk = new FailingDisk(60, "No space left on device");
    List<Appended> acknowledged = new ArrayList<>();
    Ledger ledger = Ledger.open(directory, options, disk);
    assertThatThrownBy(
            () -> {
              for (int i = 0; i < 1000; i++) {
                acknowledged.add(ledger.append("key " + i, Logs.entry(i)));
              }
            })
        .isInstanceOf(LogReadOnly.class)
        .hasMessageContaining("No space left on device")
        .hasMessageContaining("reopen");
    assertThatThrownBy(() -> ledger.append("later", Logs.entry(0))).isInstanceOf(LogReadOnly.class);
    for (Appended appended : acknowledged) {
      assertThat(ledger.entry(appended.index())).isEqualTo(Logs.entry(appended.index()));
    }
    closeAfterFailure(ledger);
    assertIntact(directory, acknowledged.size());
  }

  @Test
  void e5AnFsyncErrorMakesTheAppendFailLoudly() {
    Path directory = root.resolve("log");
    Logs.grow(directory, key, 3);
    Disk disk =
        (file, opening) ->
            file.getParent().endsWith("journal")
                ? new DelegatingChannel(FileChannel.open(file, opening)) {
                  @Override
                  public void force(boolean metadata) throws IOException {
                    if (!metadata) {
                      throw new IOException("Input/output error");
                    }
                  }
                }
                : FileChannel.open(file, opening);
    Ledger ledger = Ledger.open(directory, options, disk);
    assertThatThrownBy(() -> ledger.append("key 3", Logs.entry(3)))
        .isInstanceOf(LogReadOnly.class)
        .hasMessageContaining("Input/output error");
    assertThat(ledger.size()).isEqualTo(3);
    ledger.close();
    assertIntact(directory, 3);
  }

  @Test
  void aFailureAtAnyPointLosesNothingAcknowledged() {
    boolean failed = true;
    for (int point = 1; failed; point++) {
      Path directory = root.resolve("point" + point);
      FailingDisk disk = new FailingDisk(point, "gone");
      int acknowledged = work(directory, disk);
      failed = disk.hasFailed();
      assertIntact(directory, acknowledged);
    }
  }

  /** Opens, appends, publishes and reopens until the disk fails; returns how many were certain. */
  private int work(Path directory, Disk disk) {
    int acknowledged = 0;
    try {
      for (int opening = 0; opening < 3; opening++) {
        Ledger ledger = Ledger.open(directory, options, disk);
        try {
          for (int i = 0; i < 3; i++) {
            int next = opening * 3 + i;
            assertThat(ledger.append("key " + next, Logs.entry(next)).index()).isEqualTo(next);
            acknowledged++;
            if (i == 1) {
              ledger.publish();
            }
          }
        } finally {
          ledger.close();
        }
      }
    } catch (LedgerException failure) {
      assertThat(failure).hasStackTraceContaining("gone");
    }
    return acknowledged;
  }

  private static void closeAfterFailure(Ledger ledger) {
    try {
      ledger.close();
    } catch (LedgerException unpublished) {
      assertThat(unpublished.getMessage()).contains("reopen");
    }
  }

  /** Every acknowledged entry is there, the key of each still names it, and the log goes on. */
  private void assertIntact(Path directory, int acknowledged) {
    try (Ledger ledger = Ledger.open(directory, options, Logs.UNFORCED)) {
      assertThat(ledger.size()).isBetween((long) acknowledged, acknowledged + 1L);
      for (int i = 0; i < acknowledged + 1; i++) {
        assertThat(ledger.append("key " + i, Logs.entry(i)).index()).isEqualTo(i);
        assertThat(ledger.entry(i)).isEqualTo(Logs.entry(i));
      }
    }
    assertThat(Logs.verify(directory, key).problems()).isEmpty();
  }
}

package dev.slipway.ledger;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The right to write a log: an operating system lock, gone with the process that holds it. */
final class LogLock implements Closeable {
  private final FileChannel channel;

  private LogLock(FileChannel channel) {
    this.channel = channel;
  }

  static LogLock take(Path directory) throws IOException {
    Path file = directory.resolve("lock");
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      FileLock lock = channel.tryLock();
      if (lock != null) {
        return new LogLock(channel);
      }
    } catch (OverlappingFileLockException e) {
      channel.close();
      throw locked(directory, "this process");
    } catch (IOException e) {
      channel.close();
      throw e;
    }
    channel.close();
    throw locked(directory, "another process");
  }

  private static LogLocked locked(Path directory, String holder) {
    return new LogLocked(
        "the log in %s is open in %s; a log has one writer: close that one first"
            .formatted(directory, holder));
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}

package dev.slipway.app.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a second control plane away from a home: a lock of the operating system, which dies with
 * its process, on a file that names that process.
 */
final class HomeLock implements AutoCloseable {
  /**
   * The homes of this JVM. POSIX drops a process's locks on a file when it closes any channel to
   * it, so a home that this JVM holds must not even be opened again.
   */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private static final int PID_DIGITS_MAX = 20;

  private final Path file;
  private final FileChannel channel;

  private HomeLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /** Takes the lock or says who holds it. The directory exists. */
  static HomeLock take(Path home) {
    Path file = home.resolve("home.lock");
    if (!HELD.add(file)) {
      throw inUse(home, String.valueOf(ProcessHandle.current().pid()));
    }
    try {
      return lock(home, file);
    } catch (RuntimeException e) {
      HELD.remove(file);
      throw e;
    }
  }

  private static HomeLock lock(Path home, Path file) {
    FileChannel channel = null;
    try {
      channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      FileLock lock = channel.tryLock();
      if (lock == null) {
        throw inUse(home, holder(file));
      }
      channel.truncate(0);
      channel.write(
          ByteBuffer.wrap(
              (ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII)),
          0);
      return new HomeLock(file, channel);
    } catch (IOException e) {
      closeQuietly(channel, e);
      throw new StoreException("cannot lock " + file + ": " + e.getMessage(), e);
    } catch (RuntimeException e) {
      closeQuietly(channel, e);
      throw e;
    }
  }

  private static void closeQuietly(@Nullable FileChannel channel, Exception cause) {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
  }

  private static String holder(Path file) throws IOException {
    String text = Files.readString(file, StandardCharsets.US_ASCII).strip();
    return text.length() <= PID_DIGITS_MAX && text.matches("[0-9]+") ? text : "unknown";
  }

  private static StoreException inUse(Path home, String pid) {
    return new StoreException(
        home
            + " is in use by the control plane with process id "
            + pid
            + ": talk to that one, stop it (kill "
            + pid
            + "), or choose another home with SLIPWAY_HOME");
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new StoreException("cannot release " + file + ": " + e.getMessage(), e);
    } finally {
      HELD.remove(file);
    }
  }
}

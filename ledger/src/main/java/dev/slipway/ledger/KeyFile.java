package dev.slipway.ledger;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * The private keys of a log in a file that only its owner may read, one line each: the signer
 * string of Go's {@code golang.org/x/mod/sumdb/note}, a space, and the {@link Verifier} string. The
 * newest key comes first. Keep it outside the log's directory, which is meant to be served.
 *
 * <p>To rotate: {@link #rotate}; from the next opening of the log both keys sign. When every
 * verifier has the new one, {@link #retire} the old one.
 */
public final class KeyFile {
  private static final Set<PosixFilePermission> OWNER_ONLY =
      EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

  private KeyFile() {}

  /**
   * The keys in the file; if there is no file, it is created with a new key, durably.
   *
   * @param name the log's origin, for a new key
   * @throws LedgerException if the file is malformed, cannot be read or written, or others may read
   *     it
   */
  public static List<LogKey> openOrCreate(Path file, String name) {
    try {
      if (!Files.exists(file)) {
        create(file, LogKey.create(name));
      }
      return read(file);
    } catch (IOException e) {
      throw new LedgerException("cannot use the key file " + file + ": " + e, e);
    }
  }

  /**
   * Adds a new key of the same name, which comes first.
   *
   * @return the new key
   * @throws LedgerException as {@link #openOrCreate}
   */
  public static LogKey rotate(Path file) {
    try {
      List<LogKey> keys = new ArrayList<>(read(file));
      LogKey key = LogKey.create(keys.getFirst().verifier().name());
      keys.addFirst(key);
      write(file, keys);
      return key;
    } catch (IOException e) {
      throw new LedgerException("cannot rotate the key in " + file + ": " + e, e);
    }
  }

  /**
   * Removes a key for good.
   *
   * @throws IllegalArgumentException if the file has no such key, or no other
   * @throws LedgerException as {@link #openOrCreate}
   */
  public static void retire(Path file, Verifier verifier) {
    try {
      List<LogKey> keys = new ArrayList<>(read(file));
      if (!keys.removeIf(key -> key.verifier().equals(verifier))) {
        throw new IllegalArgumentException(file + " has no key " + verifier);
      }
      if (keys.isEmpty()) {
        throw new IllegalArgumentException(
            file + " has no other key than " + verifier + "; rotate first");
      }
      write(file, keys);
    } catch (IOException e) {
      throw new LedgerException("cannot retire a key in " + file + ": " + e, e);
    }
  }

  private static List<LogKey> read(Path file) throws IOException {
    if (!OWNER_ONLY.containsAll(Files.getPosixFilePermissions(file))) {
      throw new LedgerException(
          "others than its owner may read the key file " + file + "; run: chmod 600 " + file);
    }
    List<LogKey> keys = new ArrayList<>();
    for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
      try {
        keys.add(LogKey.parse(line));
      } catch (IllegalArgumentException e) {
        // No cause and no text of the line: both could hold the secret.
        throw new LedgerException(
            "line %d of the key file %s is damaged; restore it from a backup"
                .formatted(keys.size() + 1, file));
      }
    }
    if (keys.isEmpty()) {
      throw new LedgerException("the key file " + file + " is empty; restore it from a backup");
    }
    return List.copyOf(keys);
  }

  /** Creates the file unless another process was faster; then that one's key is the key. */
  private static void create(Path file, LogKey key) throws IOException {
    Path part = part(file, List.of(key));
    try {
      Files.createLink(file, part);
      Disk.real().syncDirectory(parent(file));
    } catch (FileAlreadyExistsException e) {
      // The faster process has made it durable.
    } finally {
      Files.delete(part);
    }
  }

  private static void write(Path file, List<LogKey> keys) throws IOException {
    Files.move(part(file, keys), file, StandardCopyOption.ATOMIC_MOVE);
    Disk.real().syncDirectory(parent(file));
  }

  private static Path parent(Path file) throws IOException {
    Path parent = file.toAbsolutePath().getParent();
    if (parent == null) {
      throw new IOException(file + " is no file name");
    }
    return parent;
  }

  /** A new file beside the key file, with these keys, durable. */
  private static Path part(Path file, List<LogKey> keys) throws IOException {
    Disk.real().createDirectory(parent(file));
    StringBuilder lines = new StringBuilder();
    keys.forEach(key -> lines.append(key.format()).append('\n'));
    Path part = file.resolveSibling(file.getFileName() + "." + UUID.randomUUID() + Disk.PART);
    Set<StandardOpenOption> create =
        EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try (FileChannel channel =
        FileChannel.open(part, create, PosixFilePermissions.asFileAttribute(OWNER_ONLY))) {
      Disk.writeFully(channel, ByteBuffer.wrap(lines.toString().getBytes(StandardCharsets.UTF_8)));
      channel.force(true);
    }
    return part;
  }
}

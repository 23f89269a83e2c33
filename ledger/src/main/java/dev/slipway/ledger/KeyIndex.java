package dev.slipway.ledger;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.zip.CRC32C;

/**
 * Which key names which entry: the file {@code keys} holds, for each entry in order, the SHA-256 of
 * its key and a CRC-32C of that; a table in memory (12 to 24 bytes an entry) finds them. The file
 * is private to the writer and no evidence: it serves idempotence only.
 *
 * <p>Used by the writer thread alone, except {@link #sync}.
 */
final class KeyIndex implements Closeable {
  static final int RECORD_BYTES = Hash.BYTES + 4;
  private static final int READ_RECORDS = 1 << 14;

  private final Path file;
  private final FileChannel channel;
  private final List<Hash> unwritten = new ArrayList<>();
  private long written;
  private long[] table = new long[1 << 10];
  private int shift = 32 - 10;

  private KeyIndex(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Opens the file and takes its first {@code entries} records; those after them are written anew,
   * for the journal has them.
   *
   * @throws LogDamaged if one of them is missing or altered
   */
  static KeyIndex open(Disk disk, Path file, long entries) throws IOException {
    FileChannel channel =
        disk.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    KeyIndex index = new KeyIndex(file, channel);
    try {
      index.load(entries);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
    return index;
  }

  private void load(long entries) throws IOException {
    if (channel.size() < entries * RECORD_BYTES) {
      throw damaged(channel.size() / RECORD_BYTES, "is missing");
    }
    ByteBuffer buffer = ByteBuffer.allocate(READ_RECORDS * RECORD_BYTES);
    while (written < entries) {
      int records = (int) Math.min(READ_RECORDS, entries - written);
      read(buffer.clear().limit(records * RECORD_BYTES), written);
      for (int i = 0; i < records; i++) {
        insert(record(buffer, i, written), written);
        written++;
      }
    }
  }

  private Hash record(ByteBuffer buffer, int i, long index) {
    byte[] bytes = new byte[Hash.BYTES];
    buffer.get(i * RECORD_BYTES, bytes);
    Hash key = Hash.of(bytes);
    if (buffer.getInt(i * RECORD_BYTES + Hash.BYTES) != crc(key)) {
      throw damaged(index, "does not check");
    }
    return key;
  }

  /** The entry that the key names. */
  OptionalLong find(Hash key) throws IOException {
    int mask = table.length - 1;
    for (int slot = key.prefix() >>> shift; table[slot] != 0; slot = (slot + 1) & mask) {
      long index = (table[slot] & 0xffff_ffffL) - 1;
      if ((int) (table[slot] >>> 32) == key.prefix() && keyOf(index).equals(key)) {
        return OptionalLong.of(index);
      }
    }
    return OptionalLong.empty();
  }

  /** Notes the key of the next entry. */
  void add(Hash key) {
    insert(key, written + unwritten.size());
    unwritten.add(key);
  }

  /** Hands what was added to the operating system; the journal makes it durable meanwhile. */
  void write() throws IOException {
    ByteBuffer out = ByteBuffer.allocate(unwritten.size() * RECORD_BYTES);
    for (Hash key : unwritten) {
      out.put(key.bytes()).putInt(crc(key));
    }
    out.flip();
    for (long at = written * RECORD_BYTES; out.hasRemaining(); ) {
      at += channel.write(out, at);
    }
    written += unwritten.size();
    unwritten.clear();
  }

  /** Makes what was written durable. */
  void sync() throws IOException {
    channel.force(true);
  }

  private Hash keyOf(long index) throws IOException {
    if (index >= written) {
      return unwritten.get((int) (index - written));
    }
    ByteBuffer buffer = ByteBuffer.allocate(RECORD_BYTES);
    read(buffer, index);
    return record(buffer, 0, index);
  }

  private void read(ByteBuffer buffer, long index) throws IOException {
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, index * RECORD_BYTES + buffer.position()) < 0) {
        throw damaged(index, "is missing");
      }
    }
  }

  private void insert(Hash key, long index) {
    if (index >= 0x7fff_ffff) {
      throw new LedgerException("the log is full: it holds at most 2^31 - 1 entries");
    }
    if (index >= table.length * 2L / 3) {
      grow();
    }
    place((long) key.prefix() << 32 | (index + 1));
  }

  private void place(long cell) {
    int slot = (int) (cell >>> 32) >>> shift;
    while (table[slot] != 0) {
      slot = (slot + 1) & (table.length - 1);
    }
    table[slot] = cell;
  }

  private void grow() {
    long[] old = table;
    table = new long[2 * old.length];
    shift--;
    for (long cell : old) {
      if (cell != 0) {
        place(cell);
      }
    }
  }

  private static int crc(Hash key) {
    CRC32C crc = new CRC32C();
    crc.update(key.bytes());
    return (int) crc.getValue();
  }

  private LogDamaged damaged(long index, String what) {
    return new LogDamaged(
        "%s is damaged: the key of entry %d %s; restore the file from a backup, or rebuild it from the entries with Ledger.rebuildKeys"
            .formatted(file, index, what));
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}

package dev.slipway.ledger;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * One segment of the write-ahead journal, which is what makes an append durable with a single
 * fsync. Tiles and bundles are derived from it; once they are durable the segment is deleted.
 *
 * <p>A segment is a sequence of batches, each written and forced as a whole before the next begins:
 *
 * <pre>
 * magic u32 · count u32 · body length u32 · CRC-32C of body u32 · first index u64 · CRC-32C of these 24 bytes u32
 * count × ( entry length u16 · SHA-256 of the key 32 bytes · entry )
 * </pre>
 */
final class JournalSegment implements Closeable {
  static final int MAGIC = 0x534c574a;
  static final int HEADER_BYTES = 28;
  static final int ENTRY_OVERHEAD = 2 + Hash.BYTES;

  /** A batch is closed by the entry that takes it over the intake's bound. */
  static final int MAX_BODY_BYTES =
      Intake.MAX_BATCH_BYTES + ENTRY_OVERHEAD + Ledger.MAX_ENTRY_BYTES;

  final Path file;
  final long first;
  private final FileChannel channel;
  private long bytes;
  private ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 16);

  private JournalSegment(Path file, long first, FileChannel channel) {
    this.file = file;
    this.first = first;
    this.channel = channel;
  }

  /** Starts an empty segment whose first entry will have the given index. */
  static JournalSegment start(Disk disk, Path directory, long first) throws IOException {
    Path file = directory.resolve(name(first));
    FileChannel channel = disk.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (channel.size() > 0) {
        throw new LedgerException(file + " is there already and not empty");
      }
      channel.force(true);
      disk.syncDirectory(directory);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
    return new JournalSegment(file, first, channel);
  }

  static String name(long first) {
    return "%019d".formatted(first);
  }

  /** Writes one batch. Durable when it returns. */
  void append(List<Sequenced> batch) throws IOException {
    int body = 0;
    for (Sequenced entry : batch) {
      body += ENTRY_OVERHEAD + entry.bytes.length;
    }
    ByteBuffer out = room(HEADER_BYTES + body);
    out.position(HEADER_BYTES);
    for (Sequenced entry : batch) {
      out.putShort((short) entry.bytes.length).put(entry.key.bytes()).put(entry.bytes);
    }
    out.flip();
    out.putInt(0, MAGIC).putInt(4, batch.size()).putInt(8, body);
    out.putInt(12, crc(out, HEADER_BYTES, body)).putLong(16, batch.getFirst().index);
    out.putInt(24, crc(out, 0, 24));
    Disk.writeFully(channel, out);
    channel.force(false);
    bytes += HEADER_BYTES + body;
  }

  /** Bytes written to this segment. */
  long bytes() {
    return bytes;
  }

  static int crc(ByteBuffer source, int offset, int length) {
    CRC32C crc = new CRC32C();
    crc.update(source.slice(offset, length));
    return (int) crc.getValue();
  }

  private ByteBuffer room(int needed) {
    if (buffer.capacity() < needed) {
      buffer = ByteBuffer.allocateDirect(Math.max(needed, 2 * buffer.capacity()));
    }
    return buffer.clear();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}

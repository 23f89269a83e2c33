package dev.slipway.ledger;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a journal segment back after a crash.
 *
 * <p>A crash can only tear the batch that was being written: the last one, never acknowledged. It
 * leaves bytes missing: the file ends early, or a sector that never reached the disk reads as
 * zeros. Anything else that does not check is damage, and so is a bad batch with a good one after
 * it, because a batch is only begun when the one before it is durable.
 */
final class JournalReplay {
  private static final int SECTOR = 512;

  private final Path file;
  private final ByteBuffer bytes;
  private final List<Sequenced> entries = new ArrayList<>();
  private long next;

  private JournalReplay(Path file, long first) throws IOException {
    this.file = file;
    this.bytes = ByteBuffer.wrap(Files.readAllBytes(file));
    this.next = first;
  }

  /** What a segment holds, and how many bytes of an unfinished batch follow. */
  record Segment(List<Sequenced> entries, long tornBytes) {}

  static Segment read(Path file, long first) throws IOException {
    JournalReplay replay = new JournalReplay(file, first);
    while (replay.bytes.hasRemaining() && replay.batch()) {}
    return new Segment(replay.entries, replay.bytes.remaining());
  }

  /** Reads the batch at the position; false leaves the position before a torn one. */
  private boolean batch() {
    int at = bytes.position();
    if (!headerChecks(at)) {
      requireTorn(at, Math.min(JournalSegment.HEADER_BYTES, bytes.remaining()));
      return false;
    }
    int body = bytes.getInt(at + 8);
    int start = at + JournalSegment.HEADER_BYTES;
    if (body > bytes.capacity() - start
        || JournalSegment.crc(bytes, start, body) != bytes.getInt(at + 12)) {
      requireTorn(at, Math.min(JournalSegment.HEADER_BYTES + body, bytes.remaining()));
      return false;
    }
    if (bytes.getLong(at + 16) != next) {
      throw damaged(at, "it begins with entry " + bytes.getLong(at + 16) + " instead of " + next);
    }
    bytes.position(start);
    for (int i = 0; i < bytes.getInt(at + 4); i++) {
      entry();
    }
    if (bytes.position() != start + body) {
      throw damaged(at, "its entries do not fill it");
    }
    return true;
  }

  private void entry() {
    byte[] entry = new byte[Short.toUnsignedInt(bytes.getShort())];
    byte[] key = new byte[Hash.BYTES];
    bytes.get(key).get(entry);
    entries.add(new Sequenced(next++, Hash.of(key), Hash.leaf(entry), entry));
  }

  private boolean headerChecks(int at) {
    return bytes.capacity() - at >= JournalSegment.HEADER_BYTES
        && bytes.getInt(at) == JournalSegment.MAGIC
        && JournalSegment.crc(bytes, at, 24) == bytes.getInt(at + 24)
        && bytes.getInt(at + 8) >= 0
        && bytes.getInt(at + 8) <= JournalSegment.MAX_BODY_BYTES;
  }

  private void requireTorn(int at, int length) {
    if (bytes.capacity() - at > JournalSegment.HEADER_BYTES + JournalSegment.MAX_BODY_BYTES) {
      throw damaged(at, "more follows it than one unfinished batch");
    }
    for (int i = at + 1; i <= bytes.capacity() - JournalSegment.HEADER_BYTES; i++) {
      if (headerChecks(i)) {
        throw damaged(at, "it does not check although a later one was written after it");
      }
    }
    if (!isShort(at) && !hasUnwrittenSector(at, length)) {
      throw damaged(at, "all of it is there but its checksum is wrong");
    }
  }

  private boolean isShort(int at) {
    return bytes.capacity() - at < JournalSegment.HEADER_BYTES
        || (headerChecks(at)
            && bytes.getInt(at + 8) > bytes.capacity() - at - JournalSegment.HEADER_BYTES);
  }

  /** Whether some whole sector, or what of it belongs to the batch, reads as zeros. */
  private boolean hasUnwrittenSector(int at, int length) {
    for (int from = at; from < at + length; ) {
      int to = Math.min((from / SECTOR + 1) * SECTOR, at + length);
      if (isZero(from, to)) {
        return true;
      }
      from = to;
    }
    return false;
  }

  private boolean isZero(int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes.get(i) != 0) {
        return false;
      }
    }
    return true;
  }

  private LogDamaged damaged(int at, String why) {
    return new LogDamaged(
        "%s is damaged: the batch at byte %d cannot be trusted, %s; restore the file from a backup"
            .formatted(file, at, why));
  }
}

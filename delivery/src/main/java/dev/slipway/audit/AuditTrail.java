package dev.slipway.audit;

import dev.slipway.audit.AuditRecord.OfChange;
import dev.slipway.change.ChangeId;
import dev.slipway.change.Digest;
import dev.slipway.ledger.Hash;
import dev.slipway.ledger.KeyConflict;
import dev.slipway.ledger.Ledger;
import dev.slipway.ledger.LogReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Where records become durable. Safe for any number of threads. */
public final class AuditTrail {
  /** How many records of one change are read back. */
  private static final int RECORDS_MAX = 10_000;

  /** Entries are read as many at a time as the log has in a file. */
  private static final long CHUNK = 256;

  private final Ledger ledger;
  private final AuditCodec codec;

  public AuditTrail(Ledger ledger, AuditCodec codec) {
    this.ledger = ledger;
    this.codec = codec;
  }

  /**
   * Appends the record; when this returns, its bytes are on disk. The same record again gives the
   * same entry, so recovery gets its {@link Recorded} by appending again. A record longer than an
   * entry may be is kept beside the log, and its digest is logged.
   *
   * @throws dev.slipway.ledger.LedgerException if it could not be made durable: then nothing may
   *     follow
   */
  public <T extends AuditRecord> Recorded<T> append(T record) {
    byte[] entry = entry(record);
    try {
      return new Recorded<>(record, ledger.append(record.key(), entry).index());
    } catch (KeyConflict conflict) {
      if (isSame(record, ledger.entry(conflict.index()))) {
        return new Recorded<>(record, conflict.index());
      }
      throw conflict;
    }
  }

  /**
   * The latest records of a change, in their order: at most {@value #RECORDS_MAX}. The log is read
   * from its end back to where the change was opened, so what is under way is found soon.
   */
  public List<OfChange> of(ChangeId change) {
    Deque<OfChange> found = new ArrayDeque<>();
    boolean opened = false;
    for (long end = ledger.size(); end > 0 && !opened && found.size() < RECORDS_MAX; ) {
      long start = (end - 1) / CHUNK * CHUNK;
      List<byte[]> entries = entries(start, end);
      for (int i = entries.size() - 1; i >= 0 && !opened && found.size() < RECORDS_MAX; i--) {
        Optional<OfChange> record = of(change, entries.get(i));
        record.ifPresent(found::addFirst);
        opened = record.filter(AuditRecord.Opened.class::isInstance).isPresent();
      }
      end = start;
    }
    return List.copyOf(found);
  }

  /** Some of them may not be in the log's tiles yet. */
  private List<byte[]> entries(long start, long end) {
    LogReader reader = ledger.reader();
    long published = Math.min(end, reader.size());
    Stream<byte[]> tiles =
        start < published ? reader.entries(start).limit(published - start) : Stream.<byte[]>empty();
    return Stream.concat(
            tiles, LongStream.range(Math.max(start, published), end).mapToObj(ledger::entry))
        .toList();
  }

  /** Every entry of a change has its name in it, so that others need not be understood. */
  private Optional<OfChange> of(ChangeId change, byte[] entry) {
    return new String(entry, StandardCharsets.UTF_8).contains(change.value())
            && codec.decode(whole(entry)) instanceof OfChange record
            && record.change().equals(change)
        ? Optional.of(record)
        : Optional.empty();
  }

  private byte[] entry(AuditRecord record) {
    byte[] bytes = codec.encode(record);
    return bytes.length <= Ledger.MAX_ENTRY_BYTES
        ? bytes
        : codec.reference(record, new Digest(ledger.blobs().put(bytes).hex()));
  }

  /** Whether an older Slipway wrote this very record: then only its version differs. */
  private boolean isSame(AuditRecord record, byte[] written) {
    return Arrays.equals(
        codec.encode(codec.decode(whole(written)).withoutVersion()),
        codec.encode(record.withoutVersion()));
  }

  private byte[] whole(byte[] entry) {
    return codec
        .referred(entry)
        .map(
            digest ->
                ledger
                    .blobs()
                    .get(Hash.ofHex(digest.hex()))
                    .orElseThrow(
                        () -> new IllegalStateException("the record " + digest + " is gone")))
        .orElse(entry);
  }
}

package dev.slipway.app.audit;

import dev.slipway.audit.AuditRecord;
import dev.slipway.audit.Meaning;
import dev.slipway.change.Printable;
import dev.slipway.ledger.LogVerifier;
import dev.slipway.ledger.Problem;
import dev.slipway.ledger.TileSource;
import dev.slipway.ledger.Verification;
import dev.slipway.ledger.VerifyOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * Verifies an audit log in one pass and bounded memory: its bytes ({@link LogVerifier}), the form
 * of each record, and what the records say ({@link Meaning}).
 */
public final class AuditVerification {
  private static final int PROBLEMS_MAX = 1000;

  /** Is given each record in its published form, in order, before it is known whether all holds. */
  @FunctionalInterface
  public interface Records {
    void take(long index, AuditRecord record);
  }

  private final EntryReader reader;
  private final Records records;
  private final Meaning meaning = new Meaning(this::object);
  private final List<Problem> problems = new ArrayList<>();
  private long leftOut;

  private AuditVerification(TileSource source, Records records) {
    this.reader = new EntryReader(source);
    this.records = records;
  }

  /**
   * Verifies a log. What is wrong with it is in the result.
   *
   * @throws dev.slipway.ledger.LedgerException if the source cannot be read, so that nothing can be
   *     said
   */
  public static Verification verify(TileSource source, VerifyOptions options) {
    return verify(source, options, (index, record) -> {});
  }

  /** The same, giving the records on the way. */
  public static Verification verify(TileSource source, VerifyOptions options, Records records) {
    AuditVerification verification = new AuditVerification(source, records);
    Verification bytes = LogVerifier.verify(source, options.reading(verification::read));
    return new Verification(
        bytes.size(), bytes.root(), bytes.trust(), verification.all(bytes.problems()));
  }

  private void read(long first, List<byte[]> entries) {
    List<EntryReader.Entry> read = entries.parallelStream().map(reader::read).toList();
    for (int i = 0; i < read.size(); i++) {
      switch (read.get(i)) {
        case EntryReader.Entry.Sound sound -> {
          meaning.take(first + i, sound.record());
          records.take(first + i, sound.record());
        }
        case EntryReader.Entry.Unsound unsound -> object(first + i, unsound.flaw());
      }
    }
  }

  private void object(long index, String message) {
    if (problems.size() < PROBLEMS_MAX) {
      problems.add(new Problem(OptionalLong.of(index), Printable.of(message)));
    } else {
      leftOut++;
    }
  }

  private List<Problem> all(List<Problem> ofBytes) {
    List<Problem> all = new ArrayList<>(ofBytes);
    all.addAll(problems);
    if (leftOut > 0) {
      all.add(
          new Problem(
              OptionalLong.empty(),
              leftOut
                  + " more problems with what the records say; only "
                  + PROBLEMS_MAX
                  + " are listed"));
    }
    return all;
  }
}

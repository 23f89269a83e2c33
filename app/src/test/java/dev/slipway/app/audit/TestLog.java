package dev.slipway.app.audit;

import dev.slipway.audit.AuditRecord;
import dev.slipway.audit.AuditTrail;
import dev.slipway.ledger.Ledger;
import dev.slipway.ledger.LedgerOptions;
import dev.slipway.ledger.LogKey;
import java.nio.file.Path;
import java.util.List;

/** Writes logs for tests. */
final class TestLog {
  static final LogKey KEY = LogKey.create("slipway");

  private TestLog() {}

  static void write(Path directory, List<? extends AuditRecord> records) {
    try (Ledger ledger = Ledger.open(directory, LedgerOptions.signedBy(KEY))) {
      AuditTrail trail = new AuditTrail(ledger, new CanonicalCodec());
      records.forEach(trail::append);
    }
  }
}

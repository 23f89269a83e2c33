package dev.slipway.app.audit;

import dev.slipway.audit.AuditRecord;
import dev.slipway.audit.AuditRecord.Administrative;
import dev.slipway.audit.AuditRecord.OfChange;
import dev.slipway.audit.AuditRecord.Opened;
import dev.slipway.audit.AuditRecord.Rested;
import dev.slipway.change.ChangeId;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Gathers the records of each change and hands them on when the change has ended. Holds only
 * changes that have not.
 */
final class Dossiers implements AuditVerification.Records {
  private final Map<ChangeId, Dossier> open = new HashMap<>();
  private final Consumer<Dossier> ended;

  Dossiers(Consumer<Dossier> ended) {
    this.ended = ended;
  }

  @Override
  public void take(long index, AuditRecord record) {
    switch (record) {
      case OfChange ofChange -> take(index, ofChange);
      case Administrative ignored -> {}
    }
  }

  private void take(long index, OfChange record) {
    Dossier dossier = open.get(record.change());
    if (dossier == null) {
      if (!(record instanceof Opened)) {
        return; // a late report of a change that has ended
      }
      dossier = new Dossier(record.change());
      open.put(record.change(), dossier);
    }
    dossier.add(index, record);
    if (record instanceof Rested && dossier.hasEnded()) {
      open.remove(record.change());
      ended.accept(dossier);
    }
  }

  /** Hands on those that have not ended. */
  void finish() {
    open.values().forEach(ended);
    open.clear();
  }
}

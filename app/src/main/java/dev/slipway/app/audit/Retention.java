package dev.slipway.app.audit;

import dev.slipway.audit.AuditRecord;
import dev.slipway.audit.AuditRecord.Administrative;
import dev.slipway.audit.AuditRecord.AgentReport;
import dev.slipway.audit.AuditRecord.Approved;
import dev.slipway.audit.AuditRecord.Decision;
import dev.slipway.audit.AuditRecord.Done;
import dev.slipway.audit.AuditRecord.FlagChanged;
import dev.slipway.audit.AuditRecord.IncidentReported;
import dev.slipway.audit.AuditRecord.OfChange;
import dev.slipway.audit.AuditRecord.Opened;
import dev.slipway.audit.AuditRecord.Planned;
import dev.slipway.audit.AuditRecord.Rested;
import dev.slipway.audit.AuditRecord.RolledBack;
import dev.slipway.change.Digest;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Finds evidence that is still kept although it was last named before a point in time. A report has
 * no time of its own: it is as old as the records before it.
 */
public final class Retention implements AuditVerification.Records {
  /** How many are found at once; the rest is found when these are gone. */
  private static final int FOUND_MAX = 100_000;

  private final Instant cutoff;
  private final Predicate<Digest> kept;
  private final Set<Digest> found = new LinkedHashSet<>();
  private Instant now = Instant.MIN;

  /**
   * @param kept whether content of a digest is still there
   */
  public Retention(Instant cutoff, Predicate<Digest> kept) {
    this.cutoff = cutoff;
    this.kept = kept;
  }

  @Override
  public void take(long index, AuditRecord record) {
    at(record).ifPresent(at -> now = at);
    if (record instanceof OfChange ofChange) {
      ofChange.evidence().values().stream()
          .flatMap(text -> Evidence.digest(text).stream())
          .forEach(this::named);
    }
  }

  private void named(Digest digest) {
    if (!now.isBefore(cutoff)) {
      found.remove(digest);
    } else if (found.size() < FOUND_MAX && kept.test(digest)) {
      found.add(digest);
    }
  }

  /** When the record was made; empty where it does not say. */
  public static Optional<Instant> at(AuditRecord record) {
    return switch (record) {
      case Opened opened -> Optional.of(opened.at());
      case Decision decision -> Optional.of(decision.at());
      case Done done -> Optional.of(done.at());
      case RolledBack back -> Optional.of(back.at());
      case IncidentReported incident -> Optional.of(incident.at());
      case Approved approved -> Optional.of(approved.approval().at());
      case Rested rested -> Optional.of(rested.at());
      // Its time is the flag's, and may be long before what stands around it in the log.
      case FlagChanged ignored -> Optional.empty();
      case Administrative act -> Optional.of(act.at());
      case Planned ignored -> Optional.empty();
      case AgentReport ignored -> Optional.empty();
    };
  }

  /** What need not be kept any longer, the oldest first. */
  public List<Digest> expired() {
    return List.copyOf(found);
  }
}

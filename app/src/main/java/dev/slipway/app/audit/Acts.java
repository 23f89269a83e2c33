package dev.slipway.app.audit;

import dev.slipway.audit.AuditRecord;
import dev.slipway.audit.AuditRecord.Administered;
import dev.slipway.audit.AuditRecord.Administrative;
import dev.slipway.audit.AuditRecord.Discrepancy;
import dev.slipway.audit.AuditRecord.Erased;
import dev.slipway.audit.AuditRecord.FlagChanged;
import dev.slipway.audit.AuditRecord.OfChange;
import dev.slipway.audit.AuditRecord.Opened;
import dev.slipway.audit.AuditRecord.Started;
import dev.slipway.change.FlagChange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How the server was run in a period: a row for each administrative act, and at each start a row
 * for everything that is in force from there on and was not before.
 */
public final class Acts implements AuditVerification.Records {
  /** What the rows say, in order. */
  public static final List<String> COLUMNS =
      List.of("entry", "at", "act", "subject", "detail", "by");

  private static final String UNCONFINED = "none";

  private final Period period;
  private final List<Map<String, String>> rows = new ArrayList<>();
  private Optional<Started> before = Optional.empty();

  public Acts(Period period) {
    this.period = period;
  }

  /** The rows, by column. */
  public List<Map<String, String>> rows() {
    return List.copyOf(rows);
  }

  @Override
  public void take(long index, AuditRecord record) {
    switch (record) {
      case Administrative act -> take(index, act);
      case OfChange ofChange -> take(index, ofChange);
    }
  }

  private void take(long index, OfChange record) {
    if (record instanceof Opened opened && UNCONFINED.equals(opened.options().get("sandbox"))) {
      row(
          index,
          opened.at(),
          "sandbox exception",
          opened.change().value(),
          "its commands ran without a sandbox",
          opened.pull().author().toString());
    }
  }

  private void take(long index, Administrative act) {
    switch (act) {
      case Started started -> started(index, started);
      case Administered it ->
          row(
              index,
              it.at(),
              Texts.lower(it.what()),
              it.subject(),
              it.detail(),
              it.by().toString());
      case Erased it ->
          row(index, it.at(), "erasure", it.digest().toString(), it.reason(), it.by().toString());
      case FlagChanged it -> flagChanged(index, it.told());
      case Discrepancy it -> row(index, it.at(), "discrepancy", it.place(), it.found(), "");
    }
  }

  private void flagChanged(long index, FlagChange told) {
    String services = told.services().isEmpty() ? "all services" : listed(told.services());
    String places = told.environments().isEmpty() ? "everywhere" : listed(told.environments());
    row(
        index,
        told.at(),
        "flag change",
        told.flag(),
        services + "; " + places,
        told.by().toString());
  }

  private void started(long index, Started now) {
    Instant at = now.at();
    row(index, at, "start", "slipway " + now.version(), "with " + now.entries() + " entries", "");
    differ(index, at, "sandbox", before.map(Started::sandbox), now.sandbox());
    differ(index, at, "configuration", before.map(Started::configuration), now.configuration());
    differ(
        index, at, "limits", before.map(it -> it.ceilings().toString()), now.ceilings().toString());
    differ(index, at, "keys", before.map(it -> listed(it.keys())), listed(now.keys()));
    differ(
        index, at, "witnesses", before.map(it -> listed(it.witnesses())), listed(now.witnesses()));
    before = Optional.of(now);
  }

  private void differ(long index, Instant at, String what, Optional<String> then, String now) {
    if (then.filter(now::equals).isEmpty()) {
      row(index, at, what, now, then.map(it -> "before: " + it).orElse("the first"), "");
    }
  }

  private static String listed(List<?> values) {
    return values.isEmpty()
        ? "none"
        : values.stream().map(Object::toString).collect(Collectors.joining("; "));
  }

  private void row(long index, Instant at, String act, String subject, String detail, String by) {
    if (!period.covers(at)) {
      return;
    }
    Map<String, String> row = new LinkedHashMap<>();
    row.put("entry", Long.toString(index));
    row.put("at", at.toString());
    row.put("act", act);
    row.put("subject", subject);
    row.put("detail", detail);
    row.put("by", by);
    rows.add(row);
  }
}

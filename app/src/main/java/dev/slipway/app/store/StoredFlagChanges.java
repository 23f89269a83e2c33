package dev.slipway.app.store;

import dev.slipway.app.json.Json;
import dev.slipway.change.FlagChange;
import dev.slipway.change.Slot;
import dev.slipway.telemetry.FlagChanges;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/** Flags that were switched, in the control plane's database. */
public final class StoredFlagChanges implements FlagChanges {
  private final Statements statements;

  public StoredFlagChanges(DataSource database) {
    this.statements = new Statements(database);
  }

  @Override
  public void changed(FlagChange change) {
    statements.update(
        "insert into flag_changes (id, at, document) values (?, ?::timestamptz, ?::jsonb)"
            + " on conflict (id) do nothing",
        change.id(),
        change.at().toString(),
        Json.mapper().writeValueAsString(change));
    statements.update(
        "delete from flag_changes where at < now() - make_interval(days => ?::integer)",
        Long.toString(KEPT.toDays()));
  }

  @Override
  public Optional<FlagChange> known(String id) {
    return statements.first(
        "select document from flag_changes where id = ?", StoredFlagChanges::change, id);
  }

  @Override
  public List<FlagChange> during(Slot slot, Instant from, Instant to) {
    return statements.all(
        "select document from flag_changes"
            + " where at >= ?::timestamptz and at < ?::timestamptz"
            + " and (document->'services' = '[]' or document->'services' @> to_jsonb(?::text))"
            + " and (document->'environments' = '[]'"
            + " or document->'environments' @> to_jsonb(?::text))"
            + " order by at, id limit "
            + TOLD_MAX,
        StoredFlagChanges::change,
        from.toString(),
        to.toString(),
        slot.service().value(),
        slot.environment().name());
  }

  @Override
  public List<FlagChange> latest() {
    return statements.all(
        "select document from flag_changes order by at desc, id limit 100",
        StoredFlagChanges::change);
  }

  private static FlagChange change(ResultSet row) throws SQLException {
    return Json.mapper().readValue(row.getString(1), FlagChange.class);
  }
}

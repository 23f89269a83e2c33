package dev.slipway.app.store;

import dev.slipway.change.Digest;
import dev.slipway.change.Slot;
import dev.slipway.target.Releases;
import javax.sql.DataSource;

/** Rollbacks in the control plane's database. */
public final class StoredReleases implements Releases {
  private final Statements statements;

  public StoredReleases(DataSource database) {
    this.statements = new Statements(database);
  }

  @Override
  public void rolledBack(Slot slot, Digest artifact) {
    statements.update(
        "insert into rollbacks (environment, service, artifact) values (?, ?, ?)"
            + " on conflict do nothing",
        slot.environment().name(),
        slot.service().value(),
        artifact.hex());
  }

  @Override
  public boolean wasRolledBack(Slot slot, Digest artifact) {
    return statements
        .first(
            "select 1 from rollbacks where environment = ? and service = ? and artifact = ?",
            row -> row.getInt(1),
            slot.environment().name(),
            slot.service().value(),
            artifact.hex())
        .isPresent();
  }
}

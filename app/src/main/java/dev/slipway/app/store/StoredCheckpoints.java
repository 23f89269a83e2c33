package dev.slipway.app.store;

import dev.slipway.ledger.Checkpoint;
import dev.slipway.ledger.Hash;
import dev.slipway.ledger.LogReader;
import dev.slipway.ledger.NoteSignature;
import dev.slipway.ledger.SignedCheckpoint;
import dev.slipway.ledger.Verifier;
import dev.slipway.ledger.Witness;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * Remembers the newest checkpoint in the control plane's database, so that a log that was restored
 * from an older backup than the database is noticed and not opened.
 */
public final class StoredCheckpoints implements Witness {
  private final Statements statements;

  public StoredCheckpoints(DataSource database) {
    this.statements = new Statements(database);
  }

  @Override
  public String name() {
    return "the control plane's database";
  }

  @Override
  public Optional<Verifier> verifier() {
    return Optional.empty();
  }

  @Override
  public Optional<Checkpoint> lastSeen(String origin) {
    return statements.first(
        "select size, root from audit_checkpoints where origin = ?",
        row ->
            new Checkpoint(
                origin, row.getLong("size"), Hash.ofHex(row.getString("root")), List.of()),
        origin);
  }

  @Override
  public Optional<NoteSignature> witness(SignedCheckpoint signed, LogReader log) {
    Checkpoint checkpoint = signed.checkpoint();
    statements.update(
        "insert into audit_checkpoints (origin, size, root) values (?, ?::bigint, ?)"
            + " on conflict (origin) do update"
            + " set size = excluded.size, root = excluded.root, seen_at = now()"
            + " where audit_checkpoints.size < excluded.size",
        checkpoint.origin(),
        Long.toString(checkpoint.size()),
        checkpoint.root().hex());
    return Optional.empty();
  }
}

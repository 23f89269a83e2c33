package dev.slipway.app.store;

import dev.slipway.change.ChangeId;
import dev.slipway.model.Spending;
import java.time.Duration;
import javax.sql.DataSource;

/** What changes have spent, in the control plane's database. */
public final class StoredSpending implements Spending {
  private final Statements statements;

  public StoredSpending(DataSource database) {
    this.statements = new Statements(database);
  }

  @Override
  public Spent of(ChangeId change) {
    return statements
        .first(
            "select tokens, dollars, millis from spending where change = ?",
            row -> new Spent(row.getLong(1), row.getDouble(2), Duration.ofMillis(row.getLong(3))),
            change.value())
        .orElse(Spent.NOTHING);
  }

  @Override
  public void keep(ChangeId change, Spent total) {
    statements.update(
        "insert into spending (change, tokens, dollars, millis) values (?, ?::bigint, ?::double precision, ?::bigint)"
            + " on conflict (change) do update set tokens = excluded.tokens,"
            + " dollars = excluded.dollars, millis = excluded.millis",
        change.value(),
        Long.toString(total.tokens()),
        Double.toString(total.dollars()),
        Long.toString(total.time().toMillis()));
  }
}

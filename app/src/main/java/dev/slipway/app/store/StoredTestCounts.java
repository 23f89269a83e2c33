package dev.slipway.app.store;

import dev.slipway.agents.testing.TestCounts;
import dev.slipway.change.CommitId;
import dev.slipway.change.ServiceName;
import java.util.Optional;
import javax.sql.DataSource;

/** How many tests commits have, in the control plane's database. */
public final class StoredTestCounts implements TestCounts {
  private final Statements statements;

  public StoredTestCounts(DataSource database) {
    this.statements = new Statements(database);
  }

  @Override
  public Optional<Integer> of(String repository, ServiceName service, CommitId commit) {
    return statements.first(
        "select executed from test_counts where repository = ? and service = ? and commit = ?",
        row -> row.getInt(1),
        repository,
        service.value(),
        commit.hex());
  }

  @Override
  public void counted(String repository, ServiceName service, CommitId commit, int executed) {
    statements.update(
        "insert into test_counts (repository, service, commit, executed) values (?, ?, ?, ?::integer)"
            + " on conflict (repository, service, commit)"
            + " do update set executed = excluded.executed",
        repository,
        service.value(),
        commit.hex(),
        Integer.toString(executed));
  }
}

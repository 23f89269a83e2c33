package dev.slipway.app.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.change.FlagChange;
import dev.slipway.change.Person;
import dev.slipway.telemetry.FlagChanges;
import dev.slipway.telemetry.FlagChangesContract;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoredFlagChangesTest extends FlagChangesContract {
  @TempDir static Path home;

  private static Database database;

  @BeforeAll
  static void open() {
    database = Database.open(TestStore.settings(home));
  }

  @AfterAll
  static void close() {
    database.close();
  }

  @BeforeEach
  void empty() throws SQLException {
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("truncate flag_changes");
    }
  }

  @Override
  protected FlagChanges flags() {
    return new StoredFlagChanges(database.dataSource());
  }

  private static FlagChange change(String id, Instant at) {
    return new FlagChange(
        id, "checkout", List.of(), List.of(), Person.human("ada@example.com"), at);
  }

  @Test
  void whatIsOlderThanItIsKeptIsForgotten() {
    Instant now = Instant.now();
    flags().changed(change("old", now.minus(FlagChanges.KEPT).minusSeconds(60)));
    FlagChange recent = change("recent", now.minus(FlagChanges.KEPT).plusSeconds(60));
    flags().changed(recent);

    assertThat(flags().latest()).containsExactly(recent);
    assertThat(flags().known("old")).isEmpty();
  }
}

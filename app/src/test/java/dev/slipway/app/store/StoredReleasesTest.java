package dev.slipway.app.store;

import dev.slipway.target.Releases;
import dev.slipway.target.ReleasesContract;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class StoredReleasesTest extends ReleasesContract {
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
      statement.execute("truncate releases, rollbacks, incidents");
    }
  }

  @Override
  protected Releases releases() {
    return new StoredReleases(database.dataSource());
  }
}

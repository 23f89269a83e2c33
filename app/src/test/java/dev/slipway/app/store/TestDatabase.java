package dev.slipway.app.store;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A database for the tests of a class; before each of them the tables are emptied. */
final class TestDatabase implements BeforeAllCallback, BeforeEachCallback, AfterAllCallback {
  private final String tables;
  private Database database;
  private Path home;

  /**
   * @param tables as they are emptied, such as {@code releases, rollbacks}
   */
  TestDatabase(String tables) {
    this.tables = tables;
  }

  DataSource dataSource() {
    return database.dataSource();
  }

  @Override
  public void beforeAll(ExtensionContext context) throws Exception {
    home = Files.createTempDirectory("store");
    database = Database.open(TestStore.settings(home));
  }

  @Override
  public void beforeEach(ExtensionContext context) throws SQLException {
    try (Connection connection = dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("truncate " + tables);
    }
  }

  @Override
  public void afterAll(ExtensionContext context) throws Exception {
    database.close();
    Trees.delete(home);
  }
}

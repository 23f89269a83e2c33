package dev.slipway.app.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;

/** A process of its own that opens a database, writes a row, says so, and stays until killed. */
final class HoldingChild {
  private HoldingChild() {}

  public static void main(String[] args) throws Exception {
    Database database = Database.open(TestStore.settings(Path.of(args[0])));
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE kept (word text)");
      statement.execute("INSERT INTO kept VALUES ('committed')");
      // Left open in a transaction, as a kill would find it.
      connection.setAutoCommit(false);
      statement.execute("INSERT INTO kept VALUES ('uncommitted')");
      System.out.println("ready");
      Thread.currentThread().join();
    }
  }
}

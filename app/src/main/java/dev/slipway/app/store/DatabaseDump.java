package dev.slipway.app.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.postgresql.PGConnection;

/**
 * The tables of a database as text, in PostgreSQL's {@code COPY} format, and back into a database
 * with tables of the same version.
 */
public final class DatabaseDump {
  private final DataSource database;

  public DatabaseDump(DataSource database) {
    this.database = database;
  }

  /** Takes the content of one table. */
  public interface Table {
    OutputStream open(String name) throws IOException;
  }

  /** The version of the tables: the last migration. */
  public String version() {
    return new Statements(database)
        .first(
            "select version from flyway_schema_history where success"
                + " order by installed_rank desc limit 1",
            row -> row.getString(1))
        .orElseThrow(() -> new StoreException("the database has no tables"));
  }

  /** Writes every table as of one moment. */
  public void write(Table tables) throws IOException {
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      connection.setReadOnly(true);
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      for (String table : tables(connection)) {
        try (OutputStream out = tables.open(table)) {
          connection
              .unwrap(PGConnection.class)
              .getCopyAPI()
              .copyOut("COPY " + quoted(table) + " TO STDOUT", out);
        }
      }
      connection.rollback();
    } catch (SQLException e) {
      throw new StoreException("the database cannot be dumped: " + e.getMessage(), e);
    }
  }

  /** Puts these contents in the place of all there is, or nothing if one of them does not fit. */
  public void replace(Map<String, InputStream> contents) throws IOException {
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      List<String> tables = tables(connection);
      if (!contents.keySet().equals(Set.copyOf(tables))) {
        throw new StoreException(
            "the dump has the tables " + contents.keySet() + ", the database " + tables);
      }
      try (Statement statement = connection.createStatement()) {
        statement.execute(
            "TRUNCATE "
                + String.join(", ", tables.stream().map(DatabaseDump::quoted).toList())
                + " CASCADE");
      }
      for (String table : tables) {
        connection
            .unwrap(PGConnection.class)
            .getCopyAPI()
            .copyIn("COPY " + quoted(table) + " FROM STDIN", contents.get(table));
      }
      restartIdentities(connection);
      connection.commit();
    } catch (SQLException e) {
      throw new StoreException("the dump cannot be read in: " + e.getMessage(), e);
    }
  }

  /** In alphabetical order, in which what refers to another table comes after it. */
  private static List<String> tables(Connection connection) throws SQLException {
    List<String> tables = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select table_name from information_schema.tables"
                    + " where table_schema = current_schema() and table_type = 'BASE TABLE'"
                    + " and table_name <> 'flyway_schema_history' order by table_name")) {
      while (rows.next()) {
        tables.add(rows.getString(1));
      }
    }
    return tables;
  }

  private static void restartIdentities(Connection connection) throws SQLException {
    List<String> restarts = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select table_name, column_name from information_schema.columns"
                    + " where table_schema = current_schema() and is_identity = 'YES'")) {
      while (rows.next()) {
        String table = rows.getString(1);
        String column = rows.getString(2);
        restarts.add(
            "select setval(pg_get_serial_sequence('%s', '%s'), coalesce(max(%s), 0) + 1, false) from %s"
                .formatted(quoted(table), column, quoted(column), quoted(table)));
      }
    }
    try (Statement statement = connection.createStatement()) {
      for (String restart : restarts) {
        statement.execute(restart);
      }
    }
  }

  /** Names come from the database itself, but may be words of SQL. */
  private static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }
}

package dev.slipway.app.store;

import dev.slipway.app.json.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;

/** The tables of a database as text, and back into a database with tables of the same version. */
public final class DatabaseDump {
  private static final int ROWS_AT_ONCE = 500;

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

  /** Writes every table as of one moment: a line for each row, its text form as a JSON string. */
  public void write(Table tables) throws IOException {
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      connection.setReadOnly(true);
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      for (String table : tables(connection)) {
        try (OutputStream out = tables.open(table)) {
          write(connection, table, out);
        }
      }
      connection.rollback();
    } catch (SQLException e) {
      throw new StoreException("the database cannot be dumped: " + e.getMessage(), e);
    }
  }

  private static void write(Connection connection, String table, OutputStream out)
      throws SQLException, IOException {
    try (Statement statement = connection.createStatement()) {
      statement.setFetchSize(ROWS_AT_ONCE);
      try (ResultSet rows =
          statement.executeQuery("select t::text from " + quoted(table) + " as t")) {
        while (rows.next()) {
          String line = Json.mapper().writeValueAsString(rows.getString(1)) + "\n";
          out.write(line.getBytes(StandardCharsets.UTF_8));
        }
      }
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
      String all = String.join(", ", tables.stream().map(DatabaseDump::quoted).toList());
      try (Statement statement = connection.createStatement()) {
        statement.execute("truncate " + all + " cascade");
      }
      for (String table : tables) {
        InputStream content = contents.get(table);
        if (content != null) {
          read(connection, table, content);
        }
      }
      restartIdentities(connection);
      connection.commit();
    } catch (SQLException e) {
      throw new StoreException("the dump cannot be read in: " + e.getMessage(), e);
    }
  }

  private static void read(Connection connection, String table, InputStream content)
      throws SQLException, IOException {
    String name = quoted(table);
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(content, StandardCharsets.UTF_8));
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into " + name + " select (cast(? as " + name + ")).*")) {
      int waiting = 0;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        insert.setString(1, Json.mapper().readValue(line, String.class));
        insert.addBatch();
        if (++waiting == ROWS_AT_ONCE) {
          insert.executeBatch();
          waiting = 0;
        }
      }
      insert.executeBatch();
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

package dev.slipway.app.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseTest {
  @TempDir private Path home;

  @Test
  void whatIsCommittedIsOnDisk() throws Exception {
    try (Database database = open()) {
      for (String setting : List.of("fsync", "synchronous_commit", "full_page_writes")) {
        assertThat(rows(database, "SHOW " + setting)).as(setting).containsExactly("on");
      }
    }
  }

  @Test
  void dataSurvivesACleanRestart() throws Exception {
    try (Database database = open()) {
      run(database, "CREATE TABLE kept (word text)");
      run(database, "INSERT INTO kept VALUES ('committed')");
    }
    assertThat(home.resolve("postgres/data/postmaster.pid")).as("stopped").doesNotExist();
    try (Database database = open()) {
      assertThat(rows(database, "SELECT word FROM kept")).containsExactly("committed");
    }
  }

  @Test
  void onlyItsOwnerCanReadTheHomeAndOnlyWithThePassword() throws Exception {
    try (Database database = open()) {
      assertThat(Files.getPosixFilePermissions(home.resolve("postgres")))
          .isEqualTo(PosixFilePermissions.fromString("rwx------"));
      assertThat(Files.getPosixFilePermissions(home.resolve("postgres/password")))
          .isEqualTo(PosixFilePermissions.fromString("rw-------"));
      String url = rows(database, "SELECT inet_server_port()").getFirst();
      Address stranger =
          new Address("jdbc:postgresql://127.0.0.1:" + url + "/slipway", "slipway", "guess");
      assertThatThrownBy(stranger::connect)
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("password");
      assertThat(rows(database, "SHOW listen_addresses")).containsExactly("127.0.0.1");
    }
  }

  @Test
  void aSecondControlPlaneIsToldWhoHoldsTheHome() throws Exception {
    try (Database database = open()) {
      assertThatThrownBy(this::open)
          .isInstanceOf(StoreException.class)
          .hasMessageContaining(home.toString())
          .hasMessageContaining("process id " + ProcessHandle.current().pid());
      assertThat(rows(database, "SELECT 1")).as("the first is unharmed").containsExactly("1");
    }
    open().close();
  }

  @Test
  void theServerOfAKilledControlPlaneIsAdopted() throws Exception {
    Process child = child();
    assertThatThrownBy(this::open)
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("process id " + child.pid());
    long server = serverPid();
    child.destroyForcibly().waitFor();
    try (Database database = open()) {
      assertThat(serverPid()).as("the same server").isEqualTo(server);
      assertThat(rows(database, "SELECT word FROM kept")).containsExactly("committed");
    }
    assertThat(home.resolve("postgres/data/postmaster.pid")).as("stopped").doesNotExist();
  }

  @Test
  void aServerThatDiedWithItsControlPlaneRecovers() throws Exception {
    Process child = child();
    ProcessHandle server = ProcessHandle.of(serverPid()).orElseThrow();
    child.destroyForcibly().waitFor();
    server.destroyForcibly();
    server.onExit().get();
    try (Database database = open()) {
      assertThat(rows(database, "SELECT word FROM kept")).containsExactly("committed");
    }
  }

  @Test
  void aProcessThatGotTheNumberOfADeadServerIsLeftAlone() throws Exception {
    open().close();
    String pidfile =
        ProcessHandle.current().pid()
            + "\n"
            + home.resolve("postgres/data")
            + "\n0\n1\n\n127.0.0.1\n";
    Files.writeString(home.resolve("postgres/data/postmaster.pid"), pidfile);
    try (Database database = open()) {
      assertThat(rows(database, "SELECT 1")).containsExactly("1");
    }
  }

  @Test
  void aHalfMadeDataDirectoryIsMadeAgain() throws Exception {
    Path torn = Files.createDirectories(home.resolve("postgres/data.new"));
    Files.writeString(torn.resolve("PG_VERSION"), "18");
    try (Database database = open()) {
      assertThat(rows(database, "SELECT count(*) FROM changes")).containsExactly("0");
    }
    assertThat(torn).doesNotExist();
  }

  @Test
  void dataOfAnotherMajorVersionIsNotTouched() throws Exception {
    open().close();
    Path version = home.resolve("postgres/data/PG_VERSION");
    Files.writeString(version, "17\n");
    assertThatThrownBy(this::open)
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("written by PostgreSQL 17");
    Files.writeString(version, "18\n");
    open().close();
  }

  @Test
  void yourOwnServerHasOneControlPlaneToo(@TempDir Path second, @TempDir Path third)
      throws Exception {
    try (Database server = open()) {
      String port = rows(server, "SELECT inet_server_port()").getFirst();
      String password = Files.readString(home.resolve("postgres/password")).strip();
      run(server, "CREATE DATABASE other");
      String url = "jdbc:postgresql://127.0.0.1:" + port + "/other";
      StoreSettings own = StoreSettings.own(second, url, "slipway", password);
      assertThat(own.toString()).doesNotContain(password);
      try (Database database = Database.open(own)) {
        assertThat(rows(database, "SELECT current_database()")).containsExactly("other");
        assertThatThrownBy(() -> Database.open(StoreSettings.own(third, url, "slipway", password)))
            .isInstanceOf(StoreException.class)
            .hasMessageContaining("another control plane uses the database");
      }
      run(server, "ALTER DATABASE other SET synchronous_commit = off");
      assertThatThrownBy(() -> Database.open(own))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("synchronous_commit is off");
    }
  }

  @Test
  void aServerThatDoesNotAnswerIsNamedWithoutItsPassword(@TempDir Path home) {
    StoreSettings own =
        StoreSettings.own(home, "jdbc:postgresql://127.0.0.1:1/x?password=hunter2", "u", "hunter2");
    assertThatThrownBy(() -> Database.open(own))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("jdbc:postgresql://127.0.0.1:1/x")
        .hasMessageNotContaining("hunter2");
  }

  private Database open() {
    return Database.open(TestStore.settings(home));
  }

  private long serverPid() throws Exception {
    return Postmaster.of(home.resolve("postgres/data")).orElseThrow().pid();
  }

  private Process child() throws Exception {
    Process child =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                System.getProperty("java.class.path"),
                "-Dslipway.test.binaries="
                    + ((StoreSettings.Server.Embedded) TestStore.settings(home).server())
                        .binaries(),
                HoldingChild.class.getName(),
                home.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    BufferedReader out =
        new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8));
    assertThat(out.lines().anyMatch("ready"::equals)).as("the child is ready").isTrue();
    return child;
  }

  private static void run(Database database, String statement) throws SQLException {
    try (Connection connection = database.dataSource().getConnection();
        Statement run = connection.createStatement()) {
      run.execute(statement);
    }
  }

  private static List<String> rows(Database database, String query) throws SQLException {
    try (Connection connection = database.dataSource().getConnection();
        Statement run = connection.createStatement();
        ResultSet rows = run.executeQuery(query)) {
      List<String> out = new ArrayList<>();
      while (rows.next()) {
        out.add(rows.getString(1));
      }
      return out;
    }
  }
}

package dev.slipway.app.engine;

import dev.slipway.app.json.Json;
import dev.slipway.change.ChangeId;
import dev.slipway.pipeline.ChangeState;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The table {@code changes}: what people see, written behind the changes' backs so that no change
 * waits for it. The journal is the truth; a change that is read back from it writes its line anew
 * if that is behind.
 */
final class ReadModel implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ReadModel.class);

  /** States that follow each other faster than this are written once. */
  private static final Duration PACE = Duration.ofMillis(50);

  private static final Duration PAUSE_AFTER_FAULT = Duration.ofSeconds(1);
  private static final int ROWS_MAX = 500;

  private static final String UPSERT =
      """
      INSERT INTO changes (id, sequence_number, repository, head_branch, title, author, state,
        ended, created_at, updated_at, document)
      SELECT * FROM unnest(?::text[], ?::bigint[], ?::text[], ?::text[], ?::text[], ?::text[],
        ?::text[], ?::boolean[], ?::timestamptz[], ?::timestamptz[], ?::jsonb[])
      ON CONFLICT (id) DO UPDATE SET sequence_number = excluded.sequence_number,
        title = excluded.title, state = excluded.state, ended = excluded.ended,
        updated_at = excluded.updated_at, document = excluded.document, settled = false
      WHERE changes.sequence_number < excluded.sequence_number
      """;

  private static final String SETTLE =
      """
      UPDATE changes SET settled = true FROM unnest(?::text[], ?::bigint[]) AS rest (id, at)
      WHERE changes.id = rest.id AND changes.sequence_number = rest.at
      """;

  /**
   * Those that have something left to do; those that rested, and have moved since without the table
   * having heard of it; and those that never reached the table.
   */
  private static final String UNFINISHED =
      """
      SELECT id, sequence_number FROM changes WHERE NOT settled
      UNION ALL
      SELECT id, sequence_number FROM changes WHERE settled AND NOT ended AND EXISTS
        (SELECT 1 FROM event_journal WHERE persistence_id = 'change|' || changes.id
          AND event_journal.sequence_number > changes.sequence_number)
      UNION ALL
      SELECT substr(persistence_id, 8), 0 FROM event_journal
      WHERE sequence_number = 1 AND persistence_id LIKE 'change|%'
        AND NOT EXISTS (SELECT 1 FROM changes WHERE id = substr(persistence_id, 8))
      """;

  private static final String QUERY =
      """
      SELECT id, repository, head_branch, state, title, author, created_at, updated_at FROM changes
      WHERE (?::text IS NULL OR repository = ?) AND (?::text IS NULL OR head_branch = ?)
        AND (?::boolean IS NULL OR ended = ?)
      ORDER BY updated_at DESC, id LIMIT ?
      """;

  private record Row(ChangeId id, Standing standing, Instant updatedAt) {
    long sequenceNumber() {
      return standing.sequenceNumber();
    }

    ChangeState state() {
      return standing.state();
    }

    static Row newer(Row a, Row b) {
      return a.sequenceNumber() < b.sequenceNumber() ? b : a;
    }
  }

  private final DataSource database;
  private final Map<ChangeId, Row> pending = new ConcurrentHashMap<>();
  private final Map<ChangeId, Long> settled = new ConcurrentHashMap<>();
  private final Map<ChangeId, Long> known = new ConcurrentHashMap<>();
  private final Semaphore work = new Semaphore(0);
  private final ReentrantLock writing = new ReentrantLock();
  private volatile boolean closed;
  private final Thread writer = Thread.ofVirtual().name("read model").unstarted(this::run);

  ReadModel(DataSource database) {
    this.database = database;
  }

  void start() {
    writer.start();
  }

  /** Takes in where a change stands. */
  void offer(ChangeId id, Standing standing, Instant now) {
    Long written = known.remove(id);
    if (written == null || written < standing.sequenceNumber()) {
      pending.merge(id, new Row(id, standing, now), Row::newer);
      work.release();
    }
  }

  /** Takes in that nothing is left to do since that event: no start brings the change back. */
  void settle(ChangeId id, long sequenceNumber) {
    settled.put(id, sequenceNumber);
    work.release();
  }

  private void run() {
    try {
      while (!closed) {
        work.acquire();
        work.drainPermits();
        boolean written = tryFlush();
        if (!closed) {
          Thread.sleep(written ? PACE : PAUSE_AFTER_FAULT);
        }
      }
    } catch (InterruptedException e) {
      LOG.debug("The read model is closed");
    }
  }

  private boolean tryFlush() {
    try {
      flush();
      return true;
    } catch (SQLException e) {
      LOG.warn("The table of changes is behind, and is written again: {}", e.getMessage());
      work.release();
      return false;
    }
  }

  /** Writes everything taken in so far. */
  void flush() throws SQLException {
    writing.lock();
    try {
      // Before the rows, so that theirs are among them.
      Map<ChangeId, Long> resting = Map.copyOf(settled);
      List<Row> rows = new ArrayList<>(pending.values());
      for (int from = 0; from < rows.size(); from += ROWS_MAX) {
        List<Row> batch = rows.subList(from, Math.min(rows.size(), from + ROWS_MAX));
        write(batch);
        batch.forEach(row -> pending.remove(row.id(), row));
      }
      markSettled(resting);
    } finally {
      writing.unlock();
    }
  }

  private void write(List<Row> rows) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement statement = connection.prepareStatement(UPSERT)) {
      Columns columns = new Columns(connection, statement, rows);
      columns.set("text", row -> row.id().value());
      columns.set("bigint", Row::sequenceNumber);
      columns.set("text", row -> row.state().pull().repository());
      columns.set("text", row -> row.state().pull().headBranch());
      columns.set("text", row -> plain(row.state().pull().title()));
      columns.set("text", row -> row.state().pull().author().login());
      columns.set("text", row -> row.state().state());
      columns.set("boolean", row -> row.state().step().ended());
      columns.set("timestamptz", row -> row.state().openedAt().toString());
      columns.set("timestamptz", row -> row.updatedAt().toString());
      columns.set("jsonb", row -> plain(Json.mapper().writeValueAsString(row.state())));
      statement.executeUpdate();
    }
  }

  private void markSettled(Map<ChangeId, Long> resting) throws SQLException {
    if (resting.isEmpty()) {
      return;
    }
    List<Map.Entry<ChangeId, Long>> all = List.copyOf(resting.entrySet());
    try (Connection connection = database.getConnection();
        PreparedStatement statement = connection.prepareStatement(SETTLE)) {
      statement.setArray(
          1,
          connection.createArrayOf("text", all.stream().map(it -> it.getKey().value()).toArray()));
      statement.setArray(
          2, connection.createArrayOf("bigint", all.stream().map(Map.Entry::getValue).toArray()));
      statement.executeUpdate();
      resting.forEach(settled::remove);
    }
  }

  /** PostgreSQL's text has no NUL, written out or as JSON's escape. */
  private static String plain(String text) {
    return text.replace("\0", "\uFFFD").replace("\\u0000", "\uFFFD");
  }

  private static final class Columns {
    private final Connection connection;
    private final PreparedStatement statement;
    private final List<Row> rows;
    private int index;

    private Columns(Connection connection, PreparedStatement statement, List<Row> rows) {
      this.connection = connection;
      this.statement = statement;
      this.rows = rows;
    }

    private void set(String type, java.util.function.Function<Row, Object> column)
        throws SQLException {
      index++;
      statement.setArray(
          index, connection.createArrayOf(type, rows.stream().map(column).toArray()));
    }
  }

  /** The changes that may have something left to do. */
  List<ChangeId> unfinished() throws SQLException {
    Map<ChangeId, Long> found = new HashMap<>();
    try (Connection connection = database.getConnection();
        PreparedStatement statement = connection.prepareStatement(UNFINISHED);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        found.put(new ChangeId(rows.getString(1)), rows.getLong(2));
      }
    }
    known.putAll(found);
    return List.copyOf(found.keySet());
  }

  /** The changes that match, with everything taken in so far. */
  List<ChangeSummary> changes(ChangeFilter filter) throws SQLException {
    flush();
    try (Connection connection = database.getConnection();
        PreparedStatement statement = connection.prepareStatement(QUERY)) {
      for (int i : new int[] {1, 2}) {
        statement.setString(i, filter.repository().orElse(null));
        statement.setString(i + 2, filter.headBranch().orElse(null));
        statement.setObject(i + 4, ended(filter.standing()), java.sql.Types.BOOLEAN);
      }
      statement.setInt(7, filter.limit());
      try (ResultSet rows = statement.executeQuery()) {
        List<ChangeSummary> found = new ArrayList<>();
        while (rows.next()) {
          found.add(summary(rows));
        }
        return found;
      }
    }
  }

  private static @org.jspecify.annotations.Nullable Boolean ended(ChangeFilter.Standing standing) {
    return switch (standing) {
      case ANY -> null;
      case IN_FLIGHT -> false;
      case ENDED -> true;
    };
  }

  private static ChangeSummary summary(ResultSet rows) throws SQLException {
    return new ChangeSummary(
        new ChangeId(rows.getString("id")),
        rows.getString("repository"),
        rows.getString("head_branch"),
        rows.getString("state"),
        rows.getString("title"),
        rows.getString("author"),
        instant(rows, "created_at"),
        instant(rows, "updated_at"));
  }

  private static Instant instant(ResultSet rows, String column) throws SQLException {
    return rows.getObject(column, OffsetDateTime.class)
        .withOffsetSameInstant(ZoneOffset.UTC)
        .toInstant();
  }

  /** Writes what is left, as far as the database lets it; a start writes the rest. */
  @Override
  public void close() {
    closed = true;
    work.release(); // Not interrupted: that would cut its connection.
    try {
      writer.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    tryFlush();
  }
}

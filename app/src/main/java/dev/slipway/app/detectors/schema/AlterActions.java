package dev.slipway.app.detectors.schema;

import java.util.List;
import java.util.Set;

/**
 * What each action of an {@code ALTER TABLE} does. What locks is what the documentation of
 * PostgreSQL (ALTER TABLE, Notes) and of MySQL (Online DDL Operations) says scans or rewrites a
 * table or keeps others out, and what squawk and strong_migrations warn of.
 */
final class AlterActions {
  private static final Set<String> CONSTRAINTS =
      Set.of("CONSTRAINT", "FOREIGN", "CHECK", "UNIQUE", "PRIMARY", "EXCLUDE");

  private static final Set<String> INDEXES = Set.of("INDEX", "KEY", "FULLTEXT", "SPATIAL");

  /** Defaults that differ from row to row, so that every row is written. */
  private static final List<String> VOLATILE =
      List.of(
          "RANDOM",
          "GEN_RANDOM_UUID",
          "UUID_GENERATE_V4",
          "UUID_GENERATE_V1",
          "UUID",
          "CLOCK_TIMESTAMP",
          "NEXTVAL",
          "TIMEOFDAY",
          "NEWID",
          "UUIDV7",
          "UUIDV4");

  private static final Set<String> REWRITES =
      Set.of(
          "CONVERT",
          "ENGINE",
          "FORCE",
          "REBUILD",
          "PARTITION",
          "ROW_FORMAT",
          "CHARACTER",
          "COLLATE",
          "REORGANIZE",
          "COALESCE",
          "EXCHANGE");

  private static final Set<String> HARMLESS =
      Set.of(
          "VALIDATE",
          "OWNER",
          "ENABLE",
          "SET",
          "RESET",
          "ATTACH",
          "INHERIT",
          "NO",
          "COMMENT",
          "AUTO_INCREMENT",
          "ALGORITHM",
          "LOCK",
          "REPLICA",
          "CLUSTER",
          "ORDER",
          "WITH",
          "DEFAULT",
          "OF",
          "ANALYZE",
          "CHECK");

  private AlterActions() {}

  /** The effect of one action of an alteration. */
  static Effect of(SqlWords action, boolean online) {
    return switch (action.at(0)) {
      case "ADD" -> add(action, online);
      case "DROP" -> drop(action);
      case "ALTER" -> alter(action);
      case "MODIFY" -> Effect.locking("changes a column's type");
      case "CHANGE" -> change(action);
      case "RENAME" -> rename(action);
      case "TRUNCATE" -> Effect.destructive("empties a partition");
      case "DETACH" ->
          action.has("CONCURRENTLY")
              ? Effect.additive("detaches a partition")
              : Effect.locking("detaches a partition without CONCURRENTLY");
      case "DISABLE" ->
          action.has("ROW", "LEVEL") || action.has("TRIGGER")
              ? Effect.destructive("switches off what guards the rows")
              : Effect.additive("switches something off");
      default -> other(action);
    };
  }

  private static Effect other(SqlWords action) {
    if (REWRITES.contains(action.at(0))
        || action.startsWith("SET", "TABLESPACE")
        || action.startsWith("SET", "LOGGED")
        || action.startsWith("SET", "UNLOGGED")) {
      return Effect.locking("rewrites the table");
    }
    return HARMLESS.contains(action.at(0))
        ? Effect.additive("changes a setting of the table")
        : Effect.unknown();
  }

  private static Effect add(SqlWords action, boolean online) {
    int at = action.at(1).equals("COLUMN") ? 2 : 1;
    if (at == 1 && CONSTRAINTS.contains(action.at(1))) {
      return action.has("NOT", "VALID") || action.has("USING", "INDEX") || online
          ? Effect.additive("adds a constraint that is not checked on old rows yet")
          : Effect.locking("adds a constraint without NOT VALID");
    }
    if (at == 1 && INDEXES.contains(action.at(1))) {
      return online
          ? Effect.additive("adds an index online")
          : Effect.locking("adds an index while writes wait");
    }
    if (at == 1 && action.at(1).equals("PARTITION")) {
      return Effect.additive("adds a partition");
    }
    return column(action.from(at));
  }

  /** A new column: its name and all that is said of it. */
  private static Effect column(SqlWords column) {
    boolean counted =
        column.has("SERIAL")
            || column.has("BIGSERIAL")
            || column.has("SMALLSERIAL")
            || column.has("IDENTITY")
            || column.has("AUTO_INCREMENT");
    boolean given = column.has("DEFAULT");
    if (counted || column.has("STORED") || (given && VOLATILE.stream().anyMatch(column::has))) {
      return Effect.locking("adds a column whose value every row has to be written for");
    }
    if (column.has("NOT", "NULL") && !given && !column.has("GENERATED")) {
      return Effect.locking("adds a column that is NOT NULL without a default");
    }
    boolean bound =
        column.has("UNIQUE")
            || column.has("PRIMARY", "KEY")
            || column.has("REFERENCES")
            || column.has("CHECK");
    return bound
        ? Effect.locking("adds a column with a constraint that is checked at once")
        : Effect.additive("adds a column");
  }

  private static Effect drop(SqlWords action) {
    return Effect.destructive(
        switch (action.at(1)) {
          case "CONSTRAINT", "FOREIGN", "PRIMARY", "CHECK" -> "drops a constraint";
          case "INDEX", "KEY" -> "drops an index";
          case "PARTITION" -> "drops a partition";
          default -> "drops a column";
        });
  }

  private static Effect alter(SqlWords action) {
    if (action.has("TYPE") || action.has("SET", "DATA")) {
      return Effect.locking("changes a column's type");
    }
    if (action.has("SET", "NOT", "NULL")) {
      return Effect.locking("sets a column NOT NULL, which reads every row");
    }
    if (action.has("DROP", "NOT", "NULL")
        || action.has("DEFAULT")
        || action.has("SET", "STATISTICS")
        || action.has("SET", "STORAGE")
        || action.has("IDENTITY")
        || action.has("EXPRESSION")
        || action.at(1).equals("INDEX")
        || action.at(1).equals("CONSTRAINT")
        || action.has("SET", "(")) {
      return Effect.additive("changes a setting of a column");
    }
    return Effect.locking("changes a column's type");
  }

  private static Effect change(SqlWords action) {
    int at = action.at(1).equals("COLUMN") ? 2 : 1;
    return action.nameAt(at).equals(action.nameAt(at + 1))
        ? Effect.locking("changes a column's type")
        : Effect.destructive("renames a column");
  }

  private static Effect rename(SqlWords action) {
    return switch (action.at(1)) {
      case "CONSTRAINT", "INDEX", "KEY" -> Effect.additive("renames a constraint or an index");
      case "TO", "AS" -> Effect.destructive("renames a table");
      default -> Effect.destructive("renames a column");
    };
  }
}

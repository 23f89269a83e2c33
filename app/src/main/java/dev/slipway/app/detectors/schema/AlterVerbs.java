package dev.slipway.app.detectors.schema;

import java.util.Set;

/** The words with which an action of an {@code ALTER TABLE} can begin. */
final class AlterVerbs {
  static final Set<String> ALL =
      Set.of(
          "ADD",
          "DROP",
          "ALTER",
          "MODIFY",
          "CHANGE",
          "RENAME",
          "TRUNCATE",
          "DETACH",
          "ATTACH",
          "DISABLE",
          "ENABLE",
          "VALIDATE",
          "OWNER",
          "SET",
          "RESET",
          "INHERIT",
          "NO",
          "COMMENT",
          "AUTO_INCREMENT",
          "ALGORITHM",
          "LOCK",
          "REPLICA",
          "CLUSTER",
          "ORDER",
          "CONVERT",
          "ENGINE",
          "FORCE",
          "REBUILD",
          "PARTITION",
          "ROW_FORMAT",
          "CHARACTER",
          "COLLATE",
          "DEFAULT",
          "WITH",
          "REORGANIZE",
          "COALESCE",
          "EXCHANGE",
          "ANALYZE",
          "CHECK");

  private AlterVerbs() {}
}

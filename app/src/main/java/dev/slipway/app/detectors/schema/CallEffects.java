package dev.slipway.app.detectors.schema;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the calls of migration libraries do. The libraries name the same things much alike, so one
 * table serves them all; which call is meant follows from the file being a migration.
 */
final class CallEffects {
  private static final Set<String> CREATES =
      Set.of(
          "create_table",
          "create_join_table",
          "createTable",
          "createTableIfNotExists",
          "CreateTable",
          "CreateModel",
          "createModel",
          "create");

  private static final Set<String> DESTROYS =
      Set.of(
          "drop_table",
          "drop_join_table",
          "remove_column",
          "remove_columns",
          "remove_reference",
          "remove_belongs_to",
          "remove_timestamps",
          "remove_foreign_key",
          "remove_index",
          "remove_check_constraint",
          "rename_table",
          "rename_column",
          "drop_column",
          "drop_constraint",
          "drop_index",
          "drop_schema",
          "drop_view",
          "RemoveField",
          "DeleteModel",
          "RenameField",
          "RenameModel",
          "RemoveIndex",
          "RemoveConstraint",
          "AlterModelTable",
          "dropTable",
          "dropTableIfExists",
          "dropColumn",
          "dropColumns",
          "dropSchema",
          "dropView",
          "dropForeign",
          "dropIndex",
          "dropUnique",
          "dropPrimary",
          "dropTimestamps",
          "dropForeignKey",
          "dropConstraint",
          "dropType",
          "dropEnum",
          "dropIfExists",
          "dropAllTables",
          "removeColumn",
          "removeIndex",
          "removeConstraint",
          "renameTable",
          "renameColumn",
          "renameType",
          "DropTable",
          "DropColumn",
          "DropIndex",
          "DropForeignKey",
          "DropPrimaryKey",
          "DropUniqueConstraint",
          "DropCheckConstraint",
          "DropSchema",
          "DropSequence",
          "RenameColumn",
          "RenameTable",
          "DeleteData",
          "dropAllForeignKeyConstraints",
          "dropForeignKeyConstraint",
          "dropNotNullConstraint",
          "dropPrimaryKey",
          "dropUniqueConstraint",
          "dropSequence",
          "dropDefaultValue",
          "dropProcedure",
          "renameView",
          "mergeColumns",
          "truncate");

  private static final Set<String> COLUMNS =
      Set.of("add_column", "addColumn", "AddColumn", "AddField", "addColumns");

  private static final Set<String> INDEXES =
      Set.of(
          "add_index",
          "create_index",
          "addIndex",
          "createIndex",
          "CreateIndex",
          "AddIndex",
          "add_reference",
          "add_belongs_to",
          "AlterUniqueTogether",
          "AlterIndexTogether");

  private static final Set<String> CONSTRAINTS =
      Set.of(
          "add_foreign_key",
          "add_check_constraint",
          "add_unique_constraint",
          "add_exclusion_constraint",
          "create_foreign_key",
          "create_unique_constraint",
          "create_check_constraint",
          "create_primary_key",
          "create_exclude_constraint",
          "AddConstraint",
          "addConstraint",
          "addForeignKey",
          "createForeignKey",
          "createUniqueConstraint",
          "createPrimaryKey",
          "AddForeignKey",
          "AddUniqueConstraint",
          "AddPrimaryKey",
          "AddCheckConstraint",
          "addForeignKeyConstraint",
          "addPrimaryKey",
          "addUniqueConstraint",
          "addCheckConstraint",
          "addNotNullConstraint");

  private static final Set<String> CHANGES =
      Set.of(
          "change_column",
          "alter_column",
          "AlterField",
          "changeColumn",
          "alterColumn",
          "AlterColumn",
          "modifyDataType",
          "change_column_null",
          "setNullable",
          "alter");

  private static final Set<String> ROWS =
      Set.of(
          "RunPython",
          "bulk_insert",
          "bulkInsert",
          "InsertData",
          "UpdateData",
          "insert",
          "loadData",
          "loadUpdateData",
          "bulkUpdate",
          "bulkDelete");

  private static final Set<String> ADDS =
      Set.of(
          "AddIndexConcurrently",
          "RemoveIndexConcurrently",
          "AddConstraintNotValid",
          "ValidateConstraint",
          "validate_foreign_key",
          "validate_check_constraint",
          "add_timestamps",
          "change_column_default",
          "change_column_comment",
          "RenameIndex",
          "AlterModelOptions",
          "AlterModelManagers",
          "AlterOrderWithRespectTo",
          "createSequence",
          "CreateSequence",
          "create_enum",
          "createType",
          "createView",
          "createProcedure",
          "enable_extension",
          "createExtension",
          "addDefaultValue",
          "tagDatabase",
          "EnsureSchema",
          "createSchema",
          "setColumnRemarks",
          "createTrigger",
          "createFunction");

  static final Set<String> SQL =
      Set.of("execute", "RunSQL", "raw", "query", "Sql", "sql", "statement", "unprepared");

  /** The name of every call that does something to a schema. */
  static final Set<String> NAMES = names();

  private static final Pattern NOT_NULL =
      Pattern.compile(
          "(?i)\\bnull(?:able)?\"?\\s*[:=]\\s*[\"']?false|allowNull\\s*:\\s*false|notNull\\s*:\\s*true|\\.notNullable\\(\\s*\\)|\\bNOT"
              + " NULL\\b");
  private static final Pattern MAY_BE_NULL = Pattern.compile("null\\s*=\\s*True");
  private static final Pattern DEFAULT = Pattern.compile("(?i)default|ManyToMany|auto_now");
  private static final Pattern GENTLY =
      Pattern.compile(
          "(?i)concurrently\"?['\"]?\\s*[:=]?>?\\s*(?!false)|validate:\\s*false|not_valid\\s*=\\s*True|\\bNOT"
              + " VALID\\b|index:\\s*false");
  private static final Pattern RENAMES = Pattern.compile("new_column_name\\s*=");
  private static final Pattern KEEPS_TYPE =
      Pattern.compile("(?:server_default|comment|existing_\\w{1,30}|nullable)\\s*=");

  private CallEffects() {}

  private static Set<String> names() {
    Set<String> all = new HashSet<>(Set.of("change_table", "alterTable", "table"));
    List.of(CREATES, DESTROYS, COLUMNS, INDEXES, CONSTRAINTS, CHANGES, ROWS, ADDS, SQL)
        .forEach(all::addAll);
    return all;
  }

  /** What a call does whose arguments are written so. */
  static Effect of(String name, String arguments) {
    if (CREATES.contains(name)) {
      return Effect.additive("creates a table");
    }
    if (DESTROYS.contains(name)) {
      return Effect.destructive(name + " takes away what may be in use");
    }
    if (COLUMNS.contains(name)) {
      return column(name, arguments);
    }
    if (INDEXES.contains(name)) {
      return GENTLY.matcher(arguments).find()
          ? Effect.additive("creates an index while others go on")
          : Effect.locking(name + " without CONCURRENTLY: writes wait");
    }
    if (CONSTRAINTS.contains(name)) {
      return GENTLY.matcher(arguments).find()
          ? Effect.additive("adds a constraint that is not checked on old rows yet")
          : Effect.locking(name + " checks every row at once");
    }
    if (CHANGES.contains(name)) {
      return change(name, arguments);
    }
    if (ROWS.contains(name)) {
      return Effect.rows(name + " writes rows");
    }
    return ADDS.contains(name) ? Effect.additive(name) : table(arguments);
  }

  private static Effect column(String name, String arguments) {
    boolean must =
        name.equals("AddField")
            ? !MAY_BE_NULL.matcher(arguments).find()
            : NOT_NULL.matcher(arguments).find();
    return must && !DEFAULT.matcher(arguments).find()
        ? Effect.locking(name + " of a column that is NOT NULL without a default")
        : Effect.additive("adds a column");
  }

  private static Effect change(String name, String arguments) {
    if (name.equals("alter_column")) {
      if (RENAMES.matcher(arguments).find()) {
        return Effect.destructive("renames a column");
      }
      boolean gentle =
          !arguments.matches("(?s).*(?<!existing_)type_\\s*=.*")
              && !NOT_NULL.matcher(arguments).find()
              && KEEPS_TYPE.matcher(arguments).find();
      return gentle
          ? Effect.additive("changes a setting of a column")
          : Effect.locking("changes a column's type, or makes it NOT NULL");
    }
    if (name.equals("change_column_null") && arguments.matches("(?s).*,\\s*true\\b.*")) {
      return Effect.additive("allows NULL");
    }
    return Effect.locking(name + " changes a column's type, or makes it NOT NULL");
  }

  private static final Pattern INNER =
      Pattern.compile(
          "\\.(index|unique|foreign|references|notNullable|alter|change|remove|rename|primary)\\b");

  /** A block that changes one table by calls on a builder: the gravest of its lines. */
  private static Effect table(String block) {
    List<Effect> effects = new ArrayList<>(List.of(Effect.additive("changes a table")));
    for (String line : block.split("[;\\n]")) {
      Matcher inner = INNER.matcher(line);
      while (inner.find()) {
        effects.add(
            switch (inner.group(1)) {
              case "remove", "rename" -> Effect.destructive("takes away a column");
              case "notNullable" ->
                  DEFAULT.matcher(line).find()
                      ? Effect.additive("adds a column")
                      : Effect.locking("a column that is NOT NULL without a default");
              case "alter", "change" -> Effect.locking("changes a column's type");
              default ->
                  GENTLY.matcher(line).find()
                      ? Effect.additive("adds an index")
                      : Effect.locking("adds an index or a constraint while others wait");
            });
      }
    }
    return Effect.gravest(effects).orElseThrow();
  }
}

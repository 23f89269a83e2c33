package dev.slipway.app.detectors.schema;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import net.sf.jsqlparser.parser.CCJSqlParser;
import net.sf.jsqlparser.parser.ParseException;
import net.sf.jsqlparser.parser.StringProvider;
import net.sf.jsqlparser.schema.Table;
import net.sf.jsqlparser.statement.Statement;
import net.sf.jsqlparser.statement.UnsupportedStatement;
import net.sf.jsqlparser.statement.alter.Alter;
import net.sf.jsqlparser.statement.create.index.CreateIndex;
import net.sf.jsqlparser.statement.create.table.CreateTable;
import net.sf.jsqlparser.statement.delete.Delete;
import net.sf.jsqlparser.statement.drop.Drop;
import net.sf.jsqlparser.statement.update.Update;
import org.jspecify.annotations.Nullable;

/**
 * What the statements of one script do, in order: a table that the script itself made holds no rows
 * yet, so nothing done to it locks anyone out.
 *
 * <p>Statements are parsed by JSqlParser. It lacks a few clauses of the dialects (NOT VALID, USING
 * INDEX, DROP INDEX CONCURRENTLY, SET DATA TYPE and whole commands such as VACUUM); statements with
 * these are read by their words. What neither can read is unknown, never nothing.
 */
final class SqlEffects {
  /** JSqlParser looks ahead without bound in nested parentheses. */
  private static final int DEPTH_MAX = 12;

  private static final int LENGTH_MAX = 60_000;

  private static final Pattern DOLLAR_BODY =
      Pattern.compile("(?s)\\$(\\w{0,60}+)\\$(.{0,60000}?)\\$\\1\\$");

  private static final Set<String> NOTHING =
      Set.of(
          "SELECT",
          "SET",
          "BEGIN",
          "START",
          "COMMIT",
          "ROLLBACK",
          "SAVEPOINT",
          "RELEASE",
          "USE",
          "SHOW",
          "EXPLAIN",
          "ANALYZE",
          "ANALYSE",
          "RESET",
          "PRAGMA",
          "NOTIFY",
          "LISTEN",
          "PREPARE",
          "DEALLOCATE",
          "PRINT",
          "END",
          "ABORT",
          "DISCARD",
          "CHECKPOINT",
          "UNLOCK",
          "VALUES",
          "DESCRIBE",
          "DESC",
          "LOAD",
          "DECLARE",
          "FETCH",
          "CLOSE");

  private final Set<String> created = new HashSet<>();

  /** The effect of the next statement. */
  Effect of(String sql) {
    SqlWords words = SqlWords.of(sql);
    String first = words.at(0);
    if (first.equals("\\") || NOTHING.contains(first)) {
      return Effect.nothing();
    }
    return switch (first) {
      case "INSERT", "REPLACE", "MERGE", "COPY", "CALL", "UPSERT" -> Effect.rows("writes rows");
      case "WITH" -> with(words);
      case "EXEC", "EXECUTE" ->
          sql.toLowerCase(Locale.ROOT).contains("sp_rename")
              ? Effect.destructive("renames something")
              : Effect.rows("runs a procedure");
      case "GRANT", "REVOKE" -> Effect.additive("changes who may do what");
      case "COMMENT", "SECURITY", "REASSIGN" -> Effect.additive("changes a description");
      case "LOCK" -> Effect.locking("locks a table");
      case "VACUUM", "CLUSTER", "REINDEX", "OPTIMIZE", "REFRESH" -> upkeep(words);
      case "DO" -> body(sql);
      case "TRUNCATE" -> Effect.destructive("empties a table");
      case "RENAME" -> Effect.destructive("renames a table");
      default -> parsed(sql, words);
    };
  }

  private static Effect upkeep(SqlWords words) {
    boolean gentle =
        words.has("CONCURRENTLY") || (words.at(0).equals("VACUUM") && !words.has("FULL"));
    return gentle
        ? Effect.additive("tidies up while others go on")
        : Effect.locking(words.at(0) + " keeps others out");
  }

  private static Effect with(SqlWords words) {
    boolean deletes = words.has("DELETE", "FROM") || words.has("UPDATE");
    if (!deletes) {
      return words.has("INSERT", "INTO") ? Effect.rows("writes rows") : Effect.nothing();
    }
    return words.has("WHERE")
        ? Effect.rows("changes rows")
        : Effect.destructive("changes every row of a table");
  }

  private Effect body(String sql) {
    List<Effect> effects = new ArrayList<>();
    DOLLAR_BODY
        .matcher(sql)
        .results()
        .forEach(
            body ->
                SqlScript.statements(unwrapped(body.group(2)))
                    .forEach(it -> effects.add(of(it.text()))));
    return Effect.gravest(effects).orElseGet(Effect::unknown);
  }

  /** A block's statements without the words of the block itself. */
  private static String unwrapped(String block) {
    return block
        .replaceAll("(?i)\\b(?:BEGIN|THEN|ELSE|LOOP)\\b(?!\\s*;)", ";")
        .replaceAll(
            "(?i)\\b(?:IF|FOR|WHILE|DECLARE|EXCEPTION|RAISE)\\b(?!\\s+(?:NOT\\s+)?EXISTS\\s)[^;]{0,2000}+",
            "");
  }

  private Effect parsed(String sql, SqlWords words) {
    Optional<Statement> statement = statement(sql, words);
    if (statement.isEmpty()) {
      return byWords(words);
    }
    return switch (statement.get()) {
      case CreateTable table -> {
        created.add(name(table.getTable()));
        yield Effect.additive("creates a table");
      }
      case CreateIndex index -> index(index.isConcurrently(), name(index.getTable()), words);
      case Alter alter -> alter(words, name(alter.getTable()));
      case Drop drop -> drop(drop.getType(), words);
      case Delete delete ->
          delete.getWhere() == null && isEmpty(delete.getJoins()) && delete.getLimit() == null
              ? Effect.destructive("deletes every row of a table")
              : Effect.rows("deletes rows");
      case Update update ->
          update.getWhere() == null && isEmpty(update.getJoins())
              ? Effect.destructive("changes every row of a table")
              : Effect.rows("changes rows");
      case UnsupportedStatement ignored -> byWords(words);
      default -> byWords(words);
    };
  }

  private static boolean isEmpty(@Nullable List<?> list) {
    return list == null || list.isEmpty();
  }

  private static Optional<Statement> statement(String sql, SqlWords words) {
    if (sql.length() > LENGTH_MAX || words.depth() > DEPTH_MAX) {
      return Optional.empty();
    }
    try {
      CCJSqlParser parser = new CCJSqlParser(new StringProvider(sql));
      parser.withAllowComplexParsing(false);
      return Optional.ofNullable(parser.Statement());
    } catch (ParseException | RuntimeException e) {
      return Optional.empty(); // read by its words instead
    }
  }

  private static String name(@Nullable Table table) {
    String name = table == null ? "" : table.getName();
    return name.replaceAll("[\"`\\[\\]]", "").toLowerCase(Locale.ROOT);
  }

  private Effect index(boolean concurrently, String table, SqlWords words) {
    if (created.contains(table)) {
      return Effect.additive("creates an index on a new table");
    }
    return concurrently || isOnline(words)
        ? Effect.additive("creates an index while others go on")
        : Effect.locking("creates an index without CONCURRENTLY: writes wait");
  }

  private static boolean isOnline(SqlWords words) {
    return words.has("LOCK", "=", "NONE")
        || words.has("ALGORITHM", "=", "INSTANT")
        || words.has("ONLINE", "=", "ON");
  }

  private static Effect drop(@Nullable String type, SqlWords words) {
    if (words.at(1).equals("TEMPORARY") || words.at(1).equals("TEMP")) {
      return Effect.nothing();
    }
    String what = type == null ? words.at(1) : type;
    return Effect.destructive("drops a " + what.toLowerCase(Locale.ROOT));
  }

  /** The actions of an alteration, which begin behind the table's name. */
  private Effect alter(SqlWords words, String table) {
    int at = 2;
    while (Set.of("ONLY", "IF", "EXISTS").contains(words.at(at))) {
      at++;
    }
    boolean online = isOnline(words);
    List<Effect> effects = new ArrayList<>();
    String before = "";
    for (SqlWords part : words.from(words.afterName(at)).parts()) {
      // MySQL and SQL Server let an action's verb stand for those that follow it.
      SqlWords action = isVerb(part.at(0)) || before.isEmpty() ? part : with(before, part);
      before = action.at(0);
      effects.add(AlterActions.of(action, online));
    }
    Effect gravest = Effect.gravest(effects).orElseGet(Effect::unknown);
    return created.contains(table) && gravest.sort() == Effect.Sort.LOCKING
        ? Effect.additive("changes a new table")
        : gravest;
  }

  private static boolean isVerb(String word) {
    return !word.startsWith("\"") && AlterVerbs.ALL.contains(word);
  }

  private static SqlWords with(String verb, SqlWords part) {
    List<String> all = new ArrayList<>(List.of(verb));
    all.addAll(part.all());
    return new SqlWords(all);
  }

  private Effect byWords(SqlWords words) {
    if (words.startsWith("ALTER", "TABLE") || words.startsWith("ALTER", "FOREIGN", "TABLE")) {
      SqlWords table = words.at(1).equals("TABLE") ? words : words.from(1);
      int at = 2;
      while (Set.of("ONLY", "IF", "EXISTS").contains(table.at(at))) {
        at++;
      }
      return alter(table, table.nameAt(at));
    }
    return switch (words.at(0)) {
      case "CREATE" -> create(words);
      case "DROP" -> drop(words.at(1), words);
      case "ALTER" ->
          words.has("RENAME") && !words.at(1).equals("INDEX")
              ? Effect.destructive("renames a " + words.at(1).toLowerCase(Locale.ROOT))
              : Effect.additive("alters a " + words.at(1).toLowerCase(Locale.ROOT));
      case "DELETE" ->
          words.has("WHERE")
              ? Effect.rows("deletes rows")
              : Effect.destructive("deletes every row of a table");
      case "UPDATE" ->
          words.has("WHERE")
              ? Effect.rows("changes rows")
              : Effect.destructive("changes every row of a table");
      default -> Effect.unknown();
    };
  }

  private Effect create(SqlWords words) {
    if (words.at(1).equals("TEMPORARY") || words.at(1).equals("TEMP")) {
      return Effect.nothing();
    }
    int index = words.find(1, "INDEX");
    if (index > 0 && index <= 3) {
      int on = words.find(index, "ON");
      int table = on + (words.at(on + 1).equals("ONLY") ? 2 : 1);
      return index(words.at(index + 1).equals("CONCURRENTLY"), words.nameAt(table), words);
    }
    int table = words.find(1, "TABLE");
    if (table > 0 && table <= 3) {
      int name = words.startsWith("CREATE", "TABLE", "IF") ? table + 4 : table + 1;
      created.add(words.nameAt(name));
    }
    return words.all().size() < 3
        ? Effect.unknown()
        : Effect.additive("creates a " + words.at(1).toLowerCase(Locale.ROOT));
  }
}

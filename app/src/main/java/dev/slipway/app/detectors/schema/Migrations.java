package dev.slipway.app.detectors.schema;

import dev.slipway.agents.review.FileRole;
import dev.slipway.change.FileChange;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Which files change a database, told by their paths, and how each is read. */
final class Migrations {
  /** How a file says what it changes. */
  enum Form {
    /** SQL that a migration tool runs. */
    SQL,
    /** Any other SQL: only what changes the schema, or every row of a table, counts. */
    PLAIN_SQL,
    /** Calls of a migration library: Rails, Django, Alembic, Knex, EF and their like. */
    CALLS,
    /** Liquibase's XML, YAML or JSON. */
    CHANGELOG,
    /** Prisma's model of the whole schema. */
    PRISMA
  }

  private static final Pattern FLYWAY =
      Pattern.compile("(?:[vu][0-9][0-9._]{0,40}|r)__.{1,200}\\.sql");

  private static final Set<String> PROGRAMS =
      Set.of("py", "js", "ts", "mjs", "cjs", "cs", "rb", "php", "go", "java", "kt", "ex", "exs");

  private static final List<String> FOLDERS =
      List.of(
          "/db/migrate/",
          "/db/migration/",
          "/db/migrations/",
          "/alembic/versions/",
          "/migrations/",
          "/migrate/",
          "/migration/",
          "/changelog/",
          "/changelogs/",
          "/liquibase/",
          "/flyway/",
          "/schema_migrations/");

  /** How migration libraries have their files named: by a version, a time, a digest. */
  private static final Pattern NUMBERED =
      Pattern.compile(
          "(?i)(?:^|/)(?:[vur]_{0,2}[0-9]|r__|[0-9]|m[0-9]{6}|[0-9a-f]{4,40}_)[^/]{0,200}$");

  private static final Pattern LIBRARY =
      Pattern.compile(
          "\\b(?:extends|implements)\\s+(?:\\w+[.\\\\])*(?:BaseJavaMigration|JavaMigration|AbstractMigration|Migration|MigrationInterface)\\b|[:<]\\s*(?:\\w+::)*(?:Migration|ActiveRecord::Migration)\\b"
              + "|\\[Migration\\(|\\bexports\\.(?:up|down)\\b|\\bexport\\s+(?:async\\s+)?(?:function|const)\\s+(?:up|down)\\b|\\bdef\\s+(?:upgrade|downgrade)\\(|\\bmigrations\\.(?:Migration|Add|Create|Alter|Remove|Run|Rename|Delete)\\w*\\b|\\bop\\.\\w+\\("
              + "|\\bqueryInterface\\.|\\bmigrationBuilder\\.|\\bSchema::|\\bknex\\.schema|\\bgoose\\.Add\\w+|\\buse\\s+Ecto\\.Migration|\\basync\\s+(?:up|down)\\(|\\bcreate_table\\b|\\badd_column\\b");

  private Migrations() {}

  /**
   * Whether the file, whose folder says so, is a migration and not a part of what runs migrations:
   * by its name, else by what the change shows of it.
   */
  static boolean isMigration(Form form, FileChange file) {
    if (form != Form.CALLS) {
      return true;
    }
    String path = ("/" + file.oldPath()).toLowerCase(Locale.ROOT);
    return NUMBERED.matcher(file.oldPath()).find()
        || NUMBERED.matcher(file.path()).find()
        || path.contains("/versions/")
        || path.contains("/db/migrat")
        || path.endsWith("/db/schema.rb")
        || file.hunks().stream()
            .flatMap(hunk -> hunk.lines().stream())
            .anyMatch(line -> LIBRARY.matcher(line.text()).find());
  }

  static Optional<Form> formOf(String path) {
    String lower = ("/" + path).toLowerCase(Locale.ROOT);
    String name = lower.substring(lower.lastIndexOf('/') + 1);
    String ending = name.substring(name.lastIndexOf('.') + 1);
    FileRole role = FileRole.of(path);
    if (role == FileRole.DOCUMENTATION || role == FileRole.LOCK || name.equals("__init__.py")) {
      return Optional.empty();
    }
    if (name.endsWith(".prisma")) {
      return Optional.of(Form.PRISMA);
    }
    boolean inFolder = FOLDERS.stream().anyMatch(lower::contains);
    if (ending.equals("sql")) {
      boolean run = inFolder || FLYWAY.matcher(name).matches();
      return isTakenBack(name) ? Optional.empty() : Optional.of(run ? Form.SQL : Form.PLAIN_SQL);
    }
    if (Set.of("xml", "yml", "yaml", "json").contains(ending)) {
      boolean changelog =
          lower.contains("changelog")
              || lower.contains("/liquibase/")
              || lower.contains("changeset");
      boolean snapshot = lower.contains("/meta/") || name.equals("package.json");
      return changelog && !snapshot ? Optional.of(Form.CHANGELOG) : Optional.empty();
    }
    boolean program =
        PROGRAMS.contains(ending)
            && (inFolder || lower.endsWith("/db/schema.rb"))
            && !name.endsWith(".designer.cs")
            && !name.endsWith("modelsnapshot.cs");
    return program ? Optional.of(Form.CALLS) : Optional.empty();
  }

  /** Scripts that only run to take a migration back. */
  private static boolean isTakenBack(String name) {
    return name.endsWith(".down.sql")
        || name.endsWith(".undo.sql")
        || name.equals("down.sql")
        || name.matches("u[0-9][0-9._]{0,40}__.{1,200}\\.sql");
  }
}

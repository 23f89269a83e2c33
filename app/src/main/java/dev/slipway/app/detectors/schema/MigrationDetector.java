package dev.slipway.app.detectors.schema;

import dev.slipway.agents.review.Detector;
import dev.slipway.agents.review.FileRole;
import dev.slipway.agents.review.Subject;
import dev.slipway.change.FileChange;
import dev.slipway.change.Printable;
import dev.slipway.policy.Finding;
import dev.slipway.policy.Finding.Kind;
import dev.slipway.policy.Finding.Severity;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** A migration file that is added, changed or deleted, told by its path. */
public final class MigrationDetector implements Detector {
  private static final Pattern FLYWAY = Pattern.compile("[vru][0-9._]{0,40}__.{1,200}\\.sql");

  @Override
  public String name() {
    return "schema";
  }

  @Override
  public Outcome inspect(Subject subject) {
    return new Outcome.Inspected(
        subject.diff().files().stream()
            .map(FileChange::path)
            .filter(MigrationDetector::isMigration)
            .map(
                path ->
                    new Finding(
                        "schema.migration",
                        Kind.SCHEMA_CHANGE,
                        Severity.HIGH,
                        path,
                        0,
                        "changes the migration " + Printable.of(path)))
            .toList());
  }

  static boolean isMigration(String path) {
    String lower = ("/" + path).toLowerCase(Locale.ROOT);
    String name = lower.substring(lower.lastIndexOf('/') + 1);
    if (FileRole.of(path) == FileRole.DOCUMENTATION || name.equals("__init__.py")) {
      return false;
    }
    return FLYWAY.matcher(name).matches()
        || name.equals("schema.prisma")
        || lower.contains("/db/migrate/")
        || lower.contains("/db/changelog/")
        || lower.contains("/db/migration/")
        || lower.contains("/alembic/versions/")
        || (lower.contains("/migrations/") && isProgramOrSql(name))
        || (lower.contains("/liquibase/") && !name.endsWith(".java"));
  }

  private static boolean isProgramOrSql(String name) {
    return List.of(
            ".sql", ".py", ".js", ".ts", ".cs", ".rb", ".php", ".go", ".xml", ".yml", ".yaml")
        .stream()
        .anyMatch(name::endsWith);
  }
}

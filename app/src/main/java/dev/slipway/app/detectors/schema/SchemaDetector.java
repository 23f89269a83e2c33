package dev.slipway.app.detectors.schema;

import dev.slipway.agents.review.Detector;
import dev.slipway.agents.review.FileRole;
import dev.slipway.agents.review.Subject;
import dev.slipway.app.detectors.schema.Migrations.Form;
import dev.slipway.app.detectors.text.ChangedFile;
import dev.slipway.app.detectors.text.NewSide;
import dev.slipway.app.detectors.text.Row;
import dev.slipway.app.detectors.text.Syntax;
import dev.slipway.change.FileChange;
import dev.slipway.change.Printable;
import dev.slipway.policy.Finding;
import dev.slipway.policy.Finding.Kind;
import dev.slipway.policy.Finding.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a change does to a database: {@code schema.destructive} (critical where data is lost, else
 * high), {@code schema.locking} (high), {@code schema.unparsed} (high), {@code schema.additive}
 * (low), {@code schema.migration} (a migration that may have run already is edited or deleted:
 * high; one that does nothing else to be told: low), {@code schema.mapping} (what maps classes to
 * tables changes: low). In the files of tests all of these are remarks.
 */
public final class SchemaDetector implements Detector {
  /** Plain scripts whose names say that they hold a schema. */
  private static final Pattern NAMED =
      Pattern.compile("(?i)(?:schema|structure|ddl|tables)[^/]{0,40}\\.sql$");

  @Override
  public String name() {
    return "schema";
  }

  @Override
  public Outcome inspect(Subject subject) {
    List<Finding> findings = new ArrayList<>();
    for (FileChange file : subject.diff().files()) {
      if (file.kind() != FileChange.Kind.ADDED) {
        Migrations.formOf(file.oldPath())
            .filter(SchemaDetector::isRun)
            .filter(form -> Migrations.isMigration(form, file))
            .ifPresent(form -> findings.add(edited(file)));
      }
    }
    List<ChangedFile> files = ChangedFile.of(subject);
    for (ChangedFile file : files) {
      Optional<Form> form =
          Migrations.formOf(file.path()).filter(it -> Migrations.isMigration(it, file.change()));
      form.ifPresent(it -> findings.addAll(effects(it, file)));
      if (form.isEmpty() && file.role() == FileRole.PRODUCTION) {
        besides(file, findings);
      }
    }
    Mappings.compare(
        files,
        (file, line) ->
            findings.add(
                finding(
                    "schema.mapping",
                    Severity.LOW,
                    file.path(),
                    line,
                    "a mapped column changes: the schema has to change with it")));
    return new Outcome.Inspected(findings);
  }

  /** What changes a schema without being a migration. */
  private static void besides(ChangedFile file, List<Finding> findings) {
    if (file.syntax().kind() == Syntax.Kind.CODE) {
      file.newSides().forEach(side -> add(side, RuntimeSchema.read(side), Form.SQL, findings));
    }
    if (file.syntax().kind() != Syntax.Kind.PROSE) {
      for (Row row : file.added()) {
        SchemaSettings.of(file, row)
            .flatMap(effect -> of(effect, file.path(), row.number(), Form.SQL))
            .ifPresent(findings::add);
      }
    }
  }

  /** Prisma's model and plain SQL say what is; only the others are run once, in order. */
  private static boolean isRun(Form form) {
    return switch (form) {
      case SQL, CALLS -> true;
      case PLAIN_SQL, CHANGELOG, PRISMA -> false;
    };
  }

  private static Finding edited(FileChange file) {
    String path = file.kind() == FileChange.Kind.DELETED ? file.oldPath() : file.path();
    return finding(
        "schema.migration",
        Severity.HIGH,
        path,
        0,
        "a migration that may have run already is edited, moved or deleted: "
            + Printable.of(file.oldPath()));
  }

  private static List<Finding> effects(Form form, ChangedFile file) {
    List<Finding> findings = new ArrayList<>();
    switch (form) {
      case PRISMA ->
          PrismaModel.compare(
              file.change(),
              (line, effect) -> of(effect, file.path(), line, form).ifPresent(findings::add));
      case SQL, PLAIN_SQL -> file.newSides().forEach(side -> sql(side, form, findings));
      case CALLS ->
          file.newSides()
              .forEach(
                  side -> add(side, CallScript.read(side.path(), side.text()), form, findings));
      case CHANGELOG ->
          file.newSides().forEach(side -> add(side, Changelog.read(side.text()), form, findings));
    }
    boolean silent = findings.isEmpty() && !file.change().added().isEmpty();
    if (silent && (isRun(form) || form == Form.CHANGELOG)) {
      findings.add(
          finding(
              "schema.migration",
              Severity.LOW,
              file.path(),
              0,
              "changes the migration " + Printable.of(file.path())));
    }
    if (form == Form.PLAIN_SQL && file.change().kind() != FileChange.Kind.ADDED) {
      removed(file, findings);
    }
    return findings;
  }

  /** In a script that says what is, a line that is gone from a table is a column that is gone. */
  private static void removed(ChangedFile file, List<Finding> findings) {
    StringBuilder old = new StringBuilder();
    file.change().deleted().forEach(line -> old.append(line.text()).append('\n'));
    boolean structural =
        old.toString().toUpperCase(java.util.Locale.ROOT).matches("(?s).*\\b(?:CREATE|ALTER)\\s.*");
    if (structural && findings.isEmpty()) {
      findings.add(
          finding(
              "schema.destructive",
              Severity.HIGH,
              file.path(),
              0,
              "takes a statement out of a schema's script"));
    }
  }

  private static void sql(NewSide side, Form form, List<Finding> findings) {
    SqlEffects effects = new SqlEffects();
    List<CallScript.At> all = new ArrayList<>();
    for (SqlScript.Statement statement : SqlScript.statements(side.text())) {
      all.add(new CallScript.At(statement.start(), statement.end(), effects.of(statement.text())));
    }
    add(side, all, form, findings);
  }

  private static void add(
      NewSide side, List<CallScript.At> effects, Form form, List<Finding> findings) {
    for (CallScript.At at : effects) {
      if (side.addsBetween(at.start(), at.end())) {
        int line = side.lineAt(side.firstAddedFrom(at.start()));
        of(at.effect(), side.path(), line, form).ifPresent(findings::add);
      }
    }
  }

  private static Optional<Finding> of(Effect effect, String path, int line, Form form) {
    boolean example = FileRole.of(path) == FileRole.TEST;
    return switch (effect.sort()) {
      case NOTHING -> Optional.empty();
      case ROWS ->
          form == Form.PLAIN_SQL
              ? Optional.empty()
              : told("schema.additive", Severity.LOW, effect, path, line, example);
      case ADDITIVE -> told("schema.additive", Severity.LOW, effect, path, line, example);
      case LOCKING -> told("schema.locking", Severity.HIGH, effect, path, line, example);
      case DESTRUCTIVE -> told("schema.destructive", gravity(effect), effect, path, line, example);
      case UNKNOWN ->
          told(
              "schema.unparsed",
              Severity.HIGH,
              effect,
              path,
              line,
              example || (form == Form.PLAIN_SQL && !NAMED.matcher(path).find()));
    };
  }

  /** Data that is gone is gone; a name or a constraint can be given back. */
  private static Severity gravity(Effect effect) {
    String what = effect.what();
    boolean kept =
        what.startsWith("renames")
            || what.contains("constraint")
            || what.contains("index")
            || what.contains("view")
            || what.contains("function")
            || what.contains("trigger")
            || what.contains("procedure");
    return kept ? Severity.HIGH : Severity.CRITICAL;
  }

  private static Optional<Finding> told(
      String rule, Severity severity, Effect effect, String path, int line, boolean example) {
    return Optional.of(
        finding(rule, example ? Severity.INFO : severity, path, line, effect.what()));
  }

  private static Finding finding(
      String rule, Severity severity, String path, int line, String message) {
    return new Finding(rule, Kind.SCHEMA_CHANGE, severity, path, line, message);
  }
}

package dev.slipway.app.detectors.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.app.detectors.Changes;
import dev.slipway.app.detectors.Corpus;
import dev.slipway.policy.Finding;
import dev.slipway.policy.Finding.Severity;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaDetectorTest {
  private final SchemaDetector detector = new SchemaDetector();

  private static boolean isGrave(Finding finding) {
    return finding.severity().compareTo(Severity.HIGH) >= 0;
  }

  @Test
  void statementsThatLockOrDestroyAreToldFromThoseThatAdd() {
    Corpus corpus = new Corpus("schema, SQL statements", detector, SchemaDetectorTest::isGrave);
    Random random = new Random(7_919);
    for (String sql : SchemaCases.GRAVE_SQL) {
      corpus.positive(sql, migration(sql));
      corpus.positive(sql + " (mutated)", migration(mutated(sql, random)));
    }
    for (String sql : SchemaCases.GENTLE_SQL) {
      corpus.negative(sql, migration(sql));
      corpus.negative(sql + " (mutated)", migration(mutated(sql, random)));
    }
    assertThat(corpus.positives()).isGreaterThanOrEqualTo(20);
    assertThat(corpus.negatives()).isGreaterThanOrEqualTo(20);
    corpus.measure(1, 1);
  }

  @Test
  void callsThatLockOrDestroyAreToldFromThoseThatAdd() {
    Corpus corpus = new Corpus("schema, frameworks", detector, SchemaDetectorTest::isGrave);
    SchemaCases.graveFiles()
        .forEach((path, texts) -> texts.forEach(t -> corpus.positive(t, Changes.adding(path, t))));
    SchemaCases.gentleFiles()
        .forEach((path, texts) -> texts.forEach(t -> corpus.negative(t, Changes.adding(path, t))));
    assertThat(corpus.positives()).isGreaterThanOrEqualTo(20);
    assertThat(corpus.negatives()).isGreaterThanOrEqualTo(20);
    corpus.measure(1, 1);
  }

  @Test
  void everyMigrationIsASchemaChange() {
    Corpus corpus =
        new Corpus("schema, migrations", detector, it -> it.severity() != Severity.INFO);
    SchemaCases.graveFiles()
        .forEach((path, texts) -> texts.forEach(t -> corpus.positive(t, Changes.adding(path, t))));
    SchemaCases.gentleFiles()
        .forEach((path, texts) -> texts.forEach(t -> corpus.positive(t, Changes.adding(path, t))));
    SchemaCases.notMigrations()
        .forEach((path, text) -> corpus.negative(path + text, Changes.adding(path, text)));
    assertThat(corpus.negatives()).isGreaterThanOrEqualTo(20);
    corpus.measure(1, 1);
  }

  @Test
  void unreadableSqlInAMigrationIsASchemaChange() {
    assertThat(findings("db/migration/V3__x.sql", "ALTR TABEL a ADD COLUM b;"))
        .extracting(Finding::rule)
        .containsExactly("schema.unparsed");
  }

  @Test
  void onlyChangedStatementsAreTold() {
    String before = "CREATE TABLE a (id int);\nDROP TABLE b;\n";
    List<Finding> found =
        Corpus.findings(
            detector,
            Changes.between(
                Map.of("sql/all.sql", before), Map.of("sql/all.sql", before + "TRUNCATE c;\n")));
    assertThat(found).extracting(Finding::line).containsExactly(3);
  }

  @Test
  void anEditedOrDeletedMigrationIsGrave() {
    Map<String, String> base = Map.of("db/migrate/1_a.rb", "add_column :a, :b, :string\n");
    assertThat(Corpus.findings(detector, Changes.between(base, Map.of())))
        .extracting(Finding::rule, Finding::severity)
        .containsExactly(org.assertj.core.groups.Tuple.tuple("schema.migration", Severity.HIGH));
  }

  @Test
  void anIndexOnATableOfTheSameMigrationLocksNobody() {
    assertThat(
            findings(
                "db/migration/V1__a.sql",
                "CREATE TABLE a (id int);\nCREATE INDEX i ON a (id);\n"
                    + "ALTER TABLE a ADD CONSTRAINT c CHECK (id > 0);\n"))
        .extracting(Finding::rule)
        .containsOnly("schema.additive");
  }

  @ParameterizedTest
  @ValueSource(strings = {"(", "'", "$$", "/*", "A ", "(a,", "\"\"\"", "# "})
  void hugeAndBrokenScriptsAreReadToTheirEnd(String unit) {
    String text = "ALTER TABLE t ADD " + unit.repeat(300_000 / unit.length());
    for (String path :
        List.of("db/migration/V1__a.sql", "db/migrate/a.rb", "db/changelog/a.yaml", "b.prisma")) {
      assertThat(findings(path, text)).as(path).hasSizeLessThan(10);
    }
  }

  private List<Finding> findings(String path, String text) {
    return Corpus.findings(detector, Changes.adding(path, text));
  }

  private static dev.slipway.agents.review.Subject migration(String sql) {
    return Changes.adding("db/migration/V2__change.sql", sql + ";\n");
  }

  /** The same statement in other letters, on other lines, with comments between. */
  private static String mutated(String sql, Random random) {
    StringBuilder out = new StringBuilder();
    boolean quoted = false;
    for (char c : sql.toCharArray()) {
      quoted ^= c == '\'' || c == '"' || c == '`' || c == '$';
      if (c == ' ' && !quoted) {
        out.append(List.of("\n", "  ", " /* why */ ", "\t", " -- why\n").get(random.nextInt(5)));
      } else {
        out.append(quoted ? c : String.valueOf(c).toLowerCase(Locale.ROOT).charAt(0));
      }
    }
    return out.toString();
  }
}

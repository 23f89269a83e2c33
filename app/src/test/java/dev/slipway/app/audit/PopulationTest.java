package dev.slipway.app.audit;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import dev.slipway.audit.AuditRecord;
import dev.slipway.audit.AuditRecord.Discrepancy;
import dev.slipway.audit.Stories;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PopulationTest {
  private static final Instant JULY = Instant.parse("2026-07-01T00:00:00Z");
  private static final Instant AUGUST = Instant.parse("2026-08-01T00:00:00Z");

  private static Population population(List<AuditRecord> records) {
    Population population = new Population(new Period(JULY, AUGUST));
    for (int i = 0; i < records.size(); i++) {
      population.take(i, records.get(i));
    }
    return population;
  }

  @Test
  void everyChangeThatMovedProductionInThePeriodIsInIt() {
    List<AuditRecord> records = new ArrayList<>();
    records.addAll(Stories.shipped("before", JULY.minus(Duration.ofDays(1))));
    records.addAll(Stories.shipped("clean", JULY));
    records.addAll(Stories.approved("excepted", JULY, Stories.REVIEWER));
    records.addAll(Stories.rolledBack("failed", JULY));
    records.addAll(Stories.shipped("after", AUGUST));
    List<AuditRecord> underWay = Stories.shipped("under-way", JULY);
    records.addAll(underWay.subList(0, underWay.size() - 4));
    List<AuditRecord> neverDeployed = Stories.shipped("never-deployed", JULY);
    records.addAll(neverDeployed.subList(0, 6));

    List<Map<String, String>> rows =
        population(records).changes().stream().map(PopulationRow::of).toList();

    assertThat(rows)
        .extracting(row -> row.get("change"), row -> row.get("outcome"), row -> row.get("approver"))
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("clean", "SHIPPED", "policy"),
            org.assertj.core.groups.Tuple.tuple("excepted", "SHIPPED", "grace@example.com"),
            org.assertj.core.groups.Tuple.tuple("failed", "ROLLED_BACK", "policy"),
            org.assertj.core.groups.Tuple.tuple("under-way", "UNDER_WAY", "policy"));
    Map<String, String> excepted = rows.get(1);
    assertThat(excepted.get("author")).isEqualTo("ada@example.com");
    assertThat(excepted.get("exceptions")).contains("coverage.changed_lines");
    assertThat(excepted.get("tests"))
        .isEqualTo("orders tests: passed (14 tests passed, 0 skipped)");
    assertThat(excepted.get("places")).isEqualTo("production/orders");
    assertThat(excepted.get("deployer")).isEqualTo("slipway 1");
    assertThat(excepted.get("gates")).contains("review: pass", "test: fail");
    assertThat(rows.get(2).get("rollbacks")).contains("canary.error_rate");
  }

  @Test
  void whatRunsWithoutARecordIsAnException() {
    Population population =
        population(
            List.of(
                new Discrepancy("production/orders", "sha256:abc", "nothing installed it", JULY)));

    assertThat(population.changes()).isEmpty();
    assertThat(PopulationRow.of(population.discrepancies().getFirst()))
        .containsEntry("outcome", "NOT_RECORDED")
        .containsEntry("exceptions", "found sha256:abc: nothing installed it");
  }

  @Test
  void theSameSeedDrawsTheSameSampleWhateverTheOrder() {
    List<AuditRecord> records = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      records.addAll(Stories.shipped("change-" + i, JULY));
    }
    List<Dossier> changes = population(records).changes();

    List<String> drawn = names(Population.sample(changes, 7, 25));

    assertThat(drawn).hasSize(25).doesNotHaveDuplicates();
    assertThat(names(Population.sample(changes.reversed(), 7, 25))).isEqualTo(drawn);
    assertThat(names(Population.sample(changes, 8, 25))).isNotEqualTo(drawn);
    assertThat(Population.sample(changes, 7, 100)).hasSize(60);
  }

  @Test
  void aSpreadsheetShowsCellsAndComputesNone() {
    List<String> columns = List.of("a", "b");
    List<String> hostile =
        List.of("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "=HYPERLINK(\"x\",\"y\")", "＝1");
    List<Map<String, String>> rows =
        hostile.stream().map(it -> Map.of("a", it, "b", "plain, \"quoted\"")).toList();

    String csv = CsvTable.of(columns, rows);

    List<NamedCsvRecord> read = CsvReader.builder().ofNamedCsvRecord(csv).stream().toList();
    assertThat(read).hasSize(hostile.size());
    assertThat(read)
        .allSatisfy(
            row -> {
              assertThat(row.getField("a")).matches("('|\\\\).*");
              assertThat(row.getField("b")).isEqualTo("plain, \"quoted\"");
            });
    assertThat(csv.lines().count()).isEqualTo(hostile.size() + 1);
    assertThat(csv).startsWith("a,b\r\n");
  }

  private static List<String> names(List<Dossier> changes) {
    return changes.stream().map(it -> it.change().value()).toList();
  }
}

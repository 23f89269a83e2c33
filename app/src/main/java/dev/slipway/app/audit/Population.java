package dev.slipway.app.audit;

import dev.slipway.audit.AuditRecord;
import dev.slipway.audit.AuditRecord.Discrepancy;
import dev.slipway.change.Digest;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Every change that moved production in a period, a row each, and every discrepancy found in it;
 * with a sample that anybody can draw again from the seed.
 */
public final class Population implements AuditVerification.Records {
  private final Period period;
  private final Map<String, Dossier> deployed = new TreeMap<>();
  private final Map<List<String>, Discrepancy> discrepancies = new LinkedHashMap<>();
  private final Dossiers dossiers = new Dossiers(this::keep);

  public Population(Period period) {
    this.period = period;
  }

  @Override
  public void take(long index, AuditRecord record) {
    dossiers.take(index, record);
    if (record instanceof Discrepancy discrepancy && period.covers(discrepancy.at())) {
      discrepancies.putIfAbsent(List.of(discrepancy.place(), discrepancy.found()), discrepancy);
    }
  }

  private void keep(Dossier dossier) {
    if (dossier.moves().stream().anyMatch(move -> period.covers(move.done().at()))) {
      deployed.put(dossier.change().value(), dossier);
    }
  }

  /**
   * The changes that moved production in the period, by name. Call it once, after the last record.
   */
  public List<Dossier> changes() {
    dossiers.finish();
    return List.copyOf(deployed.values());
  }

  /** What was found in the period that the log does not explain, each once. */
  public List<Discrepancy> discrepancies() {
    return List.copyOf(discrepancies.values());
  }

  /**
   * The first {@code size} changes in the order of SHA-256({@code seed}, a newline, the change):
   * the same seed draws the same sample from the same population, with any tool.
   */
  public static List<Dossier> sample(List<Dossier> changes, long seed, int size) {
    return changes.stream()
        .sorted(Comparator.comparing((Dossier it) -> order(seed, it)))
        .limit(size)
        .toList();
  }

  private static String order(long seed, Dossier dossier) {
    return Digest.of((seed + "\n" + dossier.change()).getBytes(StandardCharsets.UTF_8)).hex();
  }
}

package dev.slipway.agents.review;

import dev.slipway.policy.Finding;
import dev.slipway.policy.RiskTerm;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The risk of a change, from 1 to 10, with the terms it is made of.
 *
 * <p>The measures are those of just-in-time defect prediction: Kamei, Shihab, Adams, Hassan,
 * Mockus, Sinha, Ubayashi, <i>A Large-Scale Empirical Study of Just-in-Time Quality Assurance</i>,
 * IEEE TSE 39(6), 2013, doi:10.1109/TSE.2012.70, Table 1: diffusion (files, folders, entropy), size
 * (lines added, deleted), history (number of earlier changes, of developers, age) and experience.
 * Sensitive paths and missing tests are ours. Each measure is brought to 0..1; with {@code v} the
 * values and {@code w} the weights below, which add up to 9,
 *
 * <pre>{@code
 * shape    = Σ vᵢ·wᵢ / 9                     0..1
 * findings = (floor − 1) / 9                 0..1, by the worst finding, see floorOf
 * score    = 1 + 9·(1 − (1 − shape)·(1 − findings))
 * risk     = score rounded to the nearest whole number
 * }</pre>
 *
 * <p>So the score is never below the floor that a finding sets, never below what the shape alone
 * gives, and two changes with the same finding are still ordered by their shape. The findings' term
 * is shown with the weight that is left to it, {@code 9·(1 − shape)}: score = 1 + Σ value·weight,
 * always. Where there is no history its terms are left out and the others carry their weight.
 */
final class RiskFormula {
  private static final double SCALE = 9;

  private static final Map<String, Double> WEIGHTS = new LinkedHashMap<>();

  static {
    WEIGHTS.put("lines_added", 2.4);
    WEIGHTS.put("lines_deleted", 0.4);
    WEIGHTS.put("spread", 1.2);
    WEIGHTS.put("entropy", 1.0);
    WEIGHTS.put("sensitive_paths", 0.7);
    WEIGHTS.put("missing_tests", 0.6);
    WEIGHTS.put("earlier_changes", 0.9);
    WEIGHTS.put("recent_changes", 0.5);
    WEIGHTS.put("authors", 0.5);
    WEIGHTS.put("inexperience", 0.8);
  }

  /** The score, what it rounds to, and what it is made of. */
  record Risk(double score, int risk, List<RiskTerm> terms) {}

  private RiskFormula() {}

  static Risk of(ChangeShape shape, List<Finding> findings) {
    Map<String, Double> values = values(shape, findings);
    double scale =
        SCALE / values.keySet().stream().mapToDouble(name -> WEIGHTS.getOrDefault(name, 0.0)).sum();
    List<RiskTerm> terms = new ArrayList<>();
    double points = 0;
    for (Map.Entry<String, Double> value : values.entrySet()) {
      double weight = scale * WEIGHTS.getOrDefault(value.getKey(), 0.0);
      terms.add(new RiskTerm(value.getKey(), round(value.getValue()), round(weight)));
      points += round(value.getValue()) * round(weight);
    }
    int floor = findings.stream().mapToInt(RiskFormula::floorOf).max().orElse(1);
    RiskTerm raised = new RiskTerm("findings", round((floor - 1) / SCALE), round(SCALE - points));
    terms.add(raised);
    double score = Math.clamp(1 + points + raised.value() * raised.weight(), 1, 10);
    score = Math.max(round(score), floor);
    return new Risk(score, (int) Math.round(score), List.copyOf(terms));
  }

  private static Map<String, Double> values(ChangeShape shape, List<Finding> findings) {
    Map<String, Double> values = new LinkedHashMap<>();
    values.put("lines_added", root(shape.added(), 2000));
    values.put("lines_deleted", root(shape.deleted(), 2000));
    values.put("spread", root(Math.max(0, shape.files() - 1) + shape.folders(), 60));
    values.put("entropy", Math.min(1, shape.entropy() / 5));
    values.put("sensitive_paths", sensitive(findings));
    values.put("missing_tests", shape.untested() * root(shape.added(), 100));
    shape
        .past()
        .ifPresent(
            past -> {
              values.put("earlier_changes", root(past.touches(), 100));
              values.put("recent_changes", past.recent());
              values.put("authors", Math.min(1, past.authors() / 12));
              values.put("inexperience", 1 / Math.sqrt(1.0 + past.experience()));
            });
    return values;
  }

  private static double sensitive(List<Finding> findings) {
    long files =
        findings.stream()
            .filter(finding -> finding.kind() == Finding.Kind.SENSITIVE_PATH)
            .map(Finding::file)
            .distinct()
            .count();
    return 1 - Math.pow(0.5, (double) Math.min(files, 50));
  }

  /**
   * The lowest score that a change with this finding can have. A secret, a broken API or a schema
   * change is never a small matter; slowness and missing coverage are one step below a danger.
   */
  static int floorOf(Finding finding) {
    int bySeverity =
        switch (finding.severity()) {
          case INFO -> 1;
          case LOW -> 2;
          case MEDIUM -> 3;
          case HIGH -> 7;
          case CRITICAL -> 9;
        };
    return switch (finding.kind()) {
      case SECRET, API_BREAK ->
          finding.severity() == Finding.Severity.INFO ? 1 : Math.max(7, bySeverity);
      case PERFORMANCE, COVERAGE_GAP -> Math.min(4, bySeverity);
      case SCHEMA_CHANGE,
          NEW_INTEGRATION,
          SUPPLY_CHAIN,
          SECURITY,
          CORRECTNESS,
          HIDDEN_TEXT,
          SENSITIVE_PATH ->
          bySeverity;
    };
  }

  /** Grows fast at first, reaches 1 at {@code full}. */
  private static double root(double amount, double full) {
    return Math.min(1, Math.sqrt(amount / full));
  }

  /** Four decimals, so that what is shown adds up to the score that is shown. */
  private static double round(double value) {
    return Math.round(value * 10_000) / 10_000.0;
  }
}

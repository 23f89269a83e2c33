package dev.slipway.app.detectors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.agents.review.Detector;
import dev.slipway.agents.review.Detector.Outcome;
import dev.slipway.agents.review.Subject;
import dev.slipway.policy.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Cases with a known answer, and how often a detector gives it. */
public final class Corpus {
  private record Case(String name, Subject subject, boolean positive) {}

  private final String family;
  private final Detector detector;
  private final Predicate<Finding> counts;
  private final List<Case> cases = new ArrayList<>();

  /**
   * @param counts which findings are an alarm; the others are remarks
   */
  public Corpus(String family, Detector detector, Predicate<Finding> counts) {
    this.family = family;
    this.detector = detector;
    this.counts = counts;
  }

  public Corpus positive(String name, Subject subject) {
    cases.add(new Case(name, subject, true));
    return this;
  }

  public Corpus negative(String name, Subject subject) {
    cases.add(new Case(name, subject, false));
    return this;
  }

  /** Prints precision and recall and asserts that both reach the floor. */
  public void measure(double precisionMin, double recallMin) {
    List<String> wrong = new ArrayList<>();
    int hits = 0;
    int misses = 0;
    int alarms = 0;
    for (Case item : cases) {
      List<Finding> found = findings(detector, item.subject()).stream().filter(counts).toList();
      if (item.positive() && found.isEmpty()) {
        misses++;
        wrong.add("missed: " + item.name());
      } else if (item.positive()) {
        hits++;
      } else if (!found.isEmpty()) {
        alarms++;
        wrong.add("false alarm: " + item.name() + " -> " + found.getFirst());
      }
    }
    double precision = hits + alarms == 0 ? 0 : (double) hits / (hits + alarms);
    double recall = (double) hits / (hits + misses);
    DetectorTable.row(family, hits + misses, cases.size() - hits - misses, precision, recall);
    assertThat(precision).as(family + " precision " + wrong).isGreaterThanOrEqualTo(precisionMin);
    assertThat(recall).as(family + " recall " + wrong).isGreaterThanOrEqualTo(recallMin);
  }

  public long positives() {
    return cases.stream().filter(Case::positive).count();
  }

  public long negatives() {
    return cases.size() - positives();
  }

  /** What the detector found, wholly or in part. */
  public static List<Finding> findings(Detector detector, Subject subject) {
    return switch (detector.inspect(subject)) {
      case Outcome.Inspected(var found) -> found;
      case Outcome.Partly(var found, var ignored) -> found;
      case Outcome.Skipped ignored -> List.of();
    };
  }
}

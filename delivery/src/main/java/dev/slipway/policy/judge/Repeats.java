package dev.slipway.policy.judge;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;

/**
 * A series of a recording that repeats itself as telemetry does that is stuck: all numbers of a
 * row, or its latencies, which have a meter of their own. How often a row repeats the one before by
 * chance is learned from the other arm and from the rest of the series, so that a load that is
 * constant in both arms is not mistaken for a frozen meter.
 */
final class Repeats {
  private static final double CHANCE = 1e-3;
  private static final int REPEATS_MIN = 3;
  private static final int OWN_MIN = 5;

  private final Timeline timeline;
  private final String what;
  private final Map<String, Run> canary = new LinkedHashMap<>();
  private final Map<String, Run> baseline = new LinkedHashMap<>();

  private Repeats(Timeline timeline, String what, BiPredicate<Row, Row> same) {
    this.timeline = timeline;
    this.what = what;
    for (Row row : timeline.rows()) {
      if (row.telling()) {
        runs(row.arm()).computeIfAbsent(row.instance(), instance -> new Run(row, same)).add(row);
      }
    }
  }

  /** Whole rows that stand still, or else their latencies. */
  static List<Doubt> doubts(Timeline timeline) {
    List<Doubt> rows = new Repeats(timeline, "metrics", Repeats::same).doubts();
    return rows.isEmpty()
        ? new Repeats(timeline, "latencies", Repeats::sameLatencies).doubts()
        : rows;
  }

  /** Rows that say nothing but that there were no errors are not the same: they are trivial. */
  private static boolean same(Row a, Row b) {
    return Double.compare(a.requests(), b.requests()) == 0
        && Double.compare(a.errors(), b.errors()) == 0
        && Double.compare(a.errorRate(), b.errorRate()) == 0
        && a.latencies().equals(b.latencies())
        && !trivial(a);
  }

  private static boolean trivial(Row row) {
    return Double.isNaN(row.requests()) && row.errorRate() == 0 && !row.timed();
  }

  private static boolean sameLatencies(Row a, Row b) {
    return a.timed() && a.latencies().equals(b.latencies());
  }

  private Map<String, Run> runs(Arm arm) {
    return switch (arm) {
      case CANARY -> canary;
      case BASELINE -> baseline;
    };
  }

  private List<Doubt> doubts() {
    List<Doubt> doubts = new ArrayList<>();
    doubt(Arm.CANARY, Arm.BASELINE).ifPresent(doubts::add);
    doubt(Arm.BASELINE, Arm.CANARY).ifPresent(doubts::add);
    return doubts;
  }

  private Optional<Doubt> doubt(Arm arm, Arm other) {
    Collection<Run> mine = runs(arm).values();
    Collection<Run> others = runs(other).values();
    long frozen = mine.stream().filter(run -> run.frozen(others)).count();
    if (frozen == 0 || 2 * frozen < mine.size()) {
      return Optional.empty();
    }
    Run worst = Collections.max(mine, Comparator.comparingInt(run -> run.longest));
    return Optional.of(
        Doubt.barsPass(
            Rules.FROZEN,
            arm.label(),
            timeline.end(),
            "The %s's %s stand still: %d rows in succession up to %s have exactly the same values."
                .formatted(arm.label(), what, worst.longest + 1, Words.time(worst.until.time()))));
  }

  /** The longest run of equal rows of one instance. */
  private static final class Run {
    private final BiPredicate<Row, Row> same;
    private Row last;
    private Row until;
    private int rows;
    private int repeats;
    private int current;
    private int longest;

    Run(Row first, BiPredicate<Row, Row> same) {
      this.same = same;
      last = first;
      until = first;
    }

    void add(Row row) {
      if (rows > 0 && same.test(last, row)) {
        repeats++;
        current++;
        if (current > longest) {
          longest = current;
          until = row;
        }
      } else {
        current = 0;
      }
      rows++;
      last = row;
    }

    boolean frozen(Collection<Run> others) {
      if (longest < REPEATS_MIN) {
        return false;
      }
      double chance = 0;
      for (Run other : others) {
        chance = Math.max(chance, (other.repeats + 1.0) / (other.rows + 2.0));
      }
      int rest = rows - longest - 1;
      if (rest >= OWN_MIN) {
        chance = Math.max(chance, (repeats - longest + 1.0) / (rest + 2.0));
      }
      return chance > 0 && rows * Math.pow(chance, longest) < CHANCE;
    }
  }
}

package dev.slipway.policy.judge;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A series of a recording that repeats itself as telemetry does that is stuck. How often a row
 * repeats the one before by chance is learned from the other arm and from the rest of the series,
 * so that a load that is constant in both arms is not mistaken for a frozen meter.
 */
final class Repeats {
  private static final double CHANCE = 1e-3;
  private static final int REPEATS_MIN = 3;
  private static final int OWN_MIN = 5;

  private final Timeline timeline;
  private final Arm arm;

  Repeats(Timeline timeline, Arm arm) {
    this.timeline = timeline;
    this.arm = arm;
  }

  Optional<Doubt> doubt() {
    List<Run> mine = runs(arm);
    List<Run> others = runs(arm == Arm.CANARY ? Arm.BASELINE : Arm.CANARY);
    long frozen = mine.stream().filter(run -> run.frozen(others)).count();
    if (frozen == 0 || 2 * frozen < mine.size()) {
      return Optional.empty();
    }
    Run worst = mine.stream().max((a, b) -> Integer.compare(a.longest, b.longest)).orElseThrow();
    return Optional.of(
        Doubt.barsPass(
            Rules.FROZEN,
            arm.label(),
            timeline.end(),
            "The %s's metrics stand still: %d rows in succession up to %s have exactly the same values."
                .formatted(
                    arm.label(), worst.longest + 1, Words.time(worst.until.orElseThrow().time()))));
  }

  private List<Run> runs(Arm which) {
    Map<String, Run> runs = new LinkedHashMap<>();
    for (Row row : timeline.rows()) {
      if (row.arm() == which && row.telling()) {
        runs.computeIfAbsent(row.instance(), instance -> new Run()).add(row);
      }
    }
    return new ArrayList<>(runs.values());
  }

  /** The longest run of equal rows of one instance. */
  private static final class Run {
    private Optional<Row> last = Optional.empty();
    private Optional<Row> until = Optional.empty();
    private int rows;
    private int repeats;
    private int current;
    private int longest;

    void add(Row row) {
      rows++;
      if (last.isPresent() && same(last.get(), row)) {
        repeats++;
        current++;
        if (current > longest) {
          longest = current;
          until = Optional.of(row);
        }
      } else {
        current = 0;
      }
      last = Optional.of(row);
    }

    /** Rows that say nothing but that there were no errors are not the same: they are trivial. */
    private static boolean same(Row a, Row b) {
      boolean trivial =
          Double.isNaN(a.requests())
              && a.errorRate() == 0
              && a.latencies().stream().noneMatch(latency -> latency > 0);
      return !trivial
          && Double.compare(a.requests(), b.requests()) == 0
          && Double.compare(a.errors(), b.errors()) == 0
          && Double.compare(a.errorRate(), b.errorRate()) == 0
          && a.latencies().equals(b.latencies());
    }

    boolean frozen(List<Run> others) {
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

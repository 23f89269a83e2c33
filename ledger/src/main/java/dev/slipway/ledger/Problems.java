package dev.slipway.ledger;

import java.util.ArrayList;
import java.util.List;

/** Collects problems, and counts those beyond a bound. */
final class Problems {
  static final int MAX = 1000;

  private final List<Problem> kept = new ArrayList<>();
  private long leftOut;

  void add(Problem problem) {
    if (kept.size() < MAX) {
      kept.add(problem);
    } else {
      leftOut++;
    }
  }

  void addAll(List<Problem> problems) {
    problems.forEach(this::add);
  }

  List<Problem> list() {
    List<Problem> all = new ArrayList<>(kept);
    if (leftOut > 0) {
      all.add(Problem.of("%d more problems; only %d are listed".formatted(leftOut, MAX)));
    }
    return all;
  }
}

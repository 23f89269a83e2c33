package dev.slipway.agents.review;

import java.util.List;

/** What the model answers when it is asked to refute claims. */
record Refutations(List<Refutation> rulings) {
  /**
   * @param claim number of the claim, from 1
   */
  record Refutation(int claim, Ruling ruling, String why) {}

  /** Whether a claim survives. */
  enum Ruling {
    STANDS,
    REFUTED
  }

  Refutations {
    rulings = List.copyOf(rulings);
  }

  /** Whether the claim of this number is refuted, and nowhere said to stand. */
  boolean refutes(int claim) {
    List<Refutation> about = rulings.stream().filter(it -> it.claim() == claim).toList();
    return !about.isEmpty() && about.stream().allMatch(it -> it.ruling() == Ruling.REFUTED);
  }
}

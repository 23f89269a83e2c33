package dev.slipway.app.edge;

import java.util.Optional;

/** What becomes of a wish, given what was obeyed before. */
sealed interface Obedience {
  /** It is newer: it is to be kept and obeyed. */
  record Obey() implements Obedience {}

  /** It has been obeyed already, word for word. */
  record Already() implements Obedience {}

  /** It is refused, and why. */
  record Refused(Refusal refusal) implements Obedience {}

  /**
   * Judges a wish.
   *
   * @param known what the route was told last, if anything
   * @param wish what it is told now
   */
  static Obedience judge(Optional<RouteRecord> known, RouteRecord wish) {
    if (known.isEmpty()) {
      return new Obey();
    }
    Epoch highest = known.get().epoch();
    int order = wish.epoch().compareTo(highest);
    if (order < 0) {
      return new Refused(new Refusal.StaleEpoch(wish.epoch(), highest));
    }
    if (order > 0) {
      return new Obey();
    }
    return wish.equals(known.get())
        ? new Already()
        : new Refused(new Refusal.OtherBody(wish.epoch()));
  }
}

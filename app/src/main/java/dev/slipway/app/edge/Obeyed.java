package dev.slipway.app.edge;

/** What an edge did about a wish. */
public sealed interface Obeyed {
  /**
   * It obeys: now, or since an earlier call with the same epoch and body.
   *
   * @param route the route as it is now
   */
  record Yes(RouteView route) implements Obeyed {}

  /** It has no such route any more; the answer to a deletion. */
  record Gone() implements Obeyed {}

  /**
   * It refuses, and nothing has changed.
   *
   * @param refusal why
   */
  record No(Refusal refusal) implements Obeyed {}
}

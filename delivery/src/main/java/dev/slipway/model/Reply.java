package dev.slipway.model;

/** What came of a question. */
public sealed interface Reply<T extends Record> {
  /** An answer of the type that was asked for. */
  record Answered<T extends Record>(T answer, String text, Receipt receipt) implements Reply<T> {}

  /**
   * Something came, but not an answer of the type: broken JSON, a value out of range, a reply cut
   * at the token limit.
   *
   * @param why one sentence, for people and for the repair
   * @param text what came
   */
  record Invalid<T extends Record>(String why, String text, Receipt receipt) implements Reply<T> {}

  /** The model would not answer. */
  record Refused<T extends Record>(String why, Receipt receipt) implements Reply<T> {}

  /** Nothing was sent: the call could have cost more than its allowance. Names the bound. */
  record OverBudget<T extends Record>(String bound) implements Reply<T> {}

  /**
   * No answer came, after what could be tried again was tried: time, rate limit, overload, a
   * connection that was cut, a key that is not accepted.
   */
  record Unavailable<T extends Record>(String why, Receipt receipt) implements Reply<T> {}
}

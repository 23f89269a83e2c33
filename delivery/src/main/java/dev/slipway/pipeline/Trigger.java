package dev.slipway.pipeline;

/** What an event means for the way of a change. */
public enum Trigger {
  /** What the step was for is done, or its gate lets the change pass. */
  PROCEED,
  /** Nothing is in production yet, and a person consented to install the base version. */
  INSTALL_BASE,
  /** The last share of the last wave held. */
  COMPLETE,
  /** There are tests to add to the change. */
  ADD_TESTS,
  /** The change has another head, by tests of our own: its candidate is made anew. */
  TESTS_ADDED,
  /** The base branch's policy has no such gate for this change, or an emergency skips it. */
  SKIP,
  ASK,
  STOP,
  ROLL_BACK,
  BASE_MOVED,
  ROLLED_BACK,
  APPROVED,
  RETRIED,
  REJECTED,
  SUPERSEDED,
  CLOSED,
  /** A person takes back a change that has shipped. */
  WITHDRAWN
}

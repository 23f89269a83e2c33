package dev.slipway.app.engine;

import dev.slipway.pipeline.ChangeState;

/** What the engine answers to a signal. */
public sealed interface Reply {
  /** The signal is taken in: what it led to is durable, and this is where the change stands. */
  record Accepted(ChangeState state) implements Reply {}

  /** Nothing happened, and why: for the person who asked. */
  record Refused(String why) implements Reply {}
}

package dev.slipway.pipeline;

/** Does what a state wants. Safe for any number of threads. */
public interface Performer {
  /**
   * Does the act and says what came of it. Doing an act again is harmless. What the change itself
   * is to blame for is a result; a fault that may pass is thrown, so that the act is tried again.
   *
   * @throws InterruptedException when the act is no longer wanted
   */
  Result perform(Act act) throws InterruptedException;
}

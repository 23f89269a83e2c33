package dev.slipway.app.engine;

/** An act under way. */
interface Undertaking {
  /** Ends it; what it may still come to is of no interest. */
  void callOff();

  /** Its entity leaves memory; what it wanted is still wanted, and the next one takes it up. */
  default void interrupt() {
    callOff();
  }
}

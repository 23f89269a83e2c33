package dev.slipway.app.engine;

/** An act under way. */
interface Undertaking {
  /** Ends it; what it may still come to is of no interest. */
  void callOff();
}

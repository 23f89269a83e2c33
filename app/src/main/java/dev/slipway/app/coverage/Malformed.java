package dev.slipway.app.coverage;

import dev.slipway.change.Printable;

/** A report cannot be used; the message says why, for people. Never leaves the package. */
final class Malformed extends Exception {
  private static final long serialVersionUID = 1;

  private final String why;

  Malformed(String why) {
    super(why);
    this.why = Printable.of(why);
  }

  String why() {
    return why;
  }
}

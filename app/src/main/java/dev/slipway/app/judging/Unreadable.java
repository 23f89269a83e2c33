package dev.slipway.app.judging;

/** A file that is not a recording; the message names line and column. */
final class Unreadable extends Exception {
  Unreadable(String message) {
    super(message);
  }

  static Unreadable at(long line, int column, String name, String message) {
    return new Unreadable("line %d, column %d (%s): %s".formatted(line, column + 1, name, message));
  }
}

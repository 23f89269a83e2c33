package dev.slipway.ledger;

import java.util.OptionalLong;

/**
 * Something in a log that is not as it must be.
 *
 * @param index the first entry concerned; empty if it is not about an entry
 * @param message what is wrong, and where; harmless to print
 */
public record Problem(OptionalLong index, String message) {
  static Problem at(long index, String message) {
    return new Problem(OptionalLong.of(index), message);
  }

  static Problem of(String message) {
    return new Problem(OptionalLong.empty(), message);
  }
}

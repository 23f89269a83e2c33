package dev.slipway.ledger;

/**
 * A file of the log is not what was written: not the torn end that a crash leaves, but lost or
 * altered bytes. The log does not open and nothing was changed.
 */
public final class LogDamaged extends LedgerException {
  LogDamaged(String message) {
    super(message);
  }

  LogDamaged(String message, Throwable cause) {
    super(message, cause);
  }
}

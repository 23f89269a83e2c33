package dev.slipway.ledger;

/**
 * Something is wrong with the log or its storage. The message names the place and the mend. The
 * subclasses tell apart what a caller may want to treat differently.
 */
public class LedgerException extends RuntimeException {
  LedgerException(String message) {
    super(message);
  }

  LedgerException(String message, Throwable cause) {
    super(message, cause);
  }
}

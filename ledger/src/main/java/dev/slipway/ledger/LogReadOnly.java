package dev.slipway.ledger;

/**
 * The log takes no more entries: it was closed, or a write or fsync failed. The entry of the call
 * that got this exception may or may not be in the log; appending it again under the same key,
 * after the log was reopened, is safe.
 */
public final class LogReadOnly extends LedgerException {
  LogReadOnly(String message) {
    super(message);
  }

  LogReadOnly(String message, Throwable cause) {
    super(message, cause);
  }

  /** The same, with the trace of the thread that meets it now. */
  LogReadOnly again() {
    return new LogReadOnly(String.valueOf(getMessage()), this);
  }
}

package dev.slipway.ledger;

/** Another writer has the log open. One log has one writer. */
public final class LogLocked extends LedgerException {
  LogLocked(String message) {
    super(message);
  }
}

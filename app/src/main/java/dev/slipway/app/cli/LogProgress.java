package dev.slipway.app.cli;

import dev.slipway.ledger.VerifyOptions;
import java.io.Console;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Optional;

/** Shows on a terminal how far a verification is; nowhere else. */
final class LogProgress implements VerifyOptions.Progress {
  private static final String CLEAR = "\r\u001b[2K";

  private final PrintWriter err;
  private final boolean live =
      Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();

  LogProgress(PrintWriter err) {
    this.err = err;
  }

  @Override
  public void verified(long entries, long total) {
    if (!live) {
      return;
    }
    err.print(CLEAR);
    if (entries < total) {
      err.printf(
          Locale.ROOT,
          "verified %,d of %,d entries (%d %%)",
          entries,
          total,
          Math.round(100.0 * entries / total));
    }
    err.flush();
  }
}

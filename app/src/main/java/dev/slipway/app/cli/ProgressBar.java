package dev.slipway.app.cli;

import java.io.Console;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Optional;

/** A bar on standard error that fills up as work is done; nothing where that is no terminal. */
final class ProgressBar implements AutoCloseable {
  private static final int WIDTH = 40;

  private final PrintWriter out;
  private final int total;
  private final boolean shown;
  private int done;
  private int drawn = -1;

  ProgressBar(PrintWriter out, int total) {
    this.out = out;
    this.total = total;
    this.shown = Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
  }

  void step() {
    done++;
    int percent = total == 0 ? 100 : 100 * done / total;
    if (shown && percent != drawn) {
      drawn = percent;
      int filled = WIDTH * percent / 100;
      out.printf(
          Locale.ROOT,
          "\r[%s%s] %d of %d",
          "#".repeat(filled),
          ".".repeat(WIDTH - filled),
          done,
          total);
      out.flush();
    }
  }

  @Override
  public void close() {
    if (drawn >= 0) {
      out.println();
    }
  }
}

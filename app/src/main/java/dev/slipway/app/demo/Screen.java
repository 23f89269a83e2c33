package dev.slipway.app.demo;

import java.io.Console;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Where the demo speaks. On a terminal a table stands below what was said and is redrawn in place;
 * elsewhere there are lines only, one for everything that happens.
 */
final class Screen {
  private static final Duration REDRAW = Duration.ofMillis(500);
  private static final String CLEAR_BELOW = "\u001b[J";

  private final PrintWriter out;
  private final Kind kind;
  private final ReentrantLock lock = new ReentrantLock();
  private Optional<Supplier<List<String>>> table = Optional.empty();
  private int drawn;

  /** What it can do. */
  enum Kind {
    TERMINAL,
    LINES
  }

  Screen(PrintWriter out, Kind kind) {
    this.out = out;
    this.kind = kind;
  }

  /** What this process's output is. */
  static Kind kind() {
    boolean terminal =
        Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    boolean plain = System.getenv("NO_COLOR") != null || "dumb".equals(System.getenv("TERM"));
    return terminal && !plain ? Kind.TERMINAL : Kind.LINES;
  }

  /** A line that stays. */
  void say(String line) {
    lock.lock();
    try {
      erase();
      out.println(line);
      draw();
    } finally {
      lock.unlock();
    }
  }

  /** A line that only matters where there is no table that shows the same. */
  void happened(Supplier<String> line) {
    if (kind == Kind.LINES) {
      say(line.get());
    }
  }

  /** Shows the table until the result is closed; it then stays as it last was. */
  Showing show(Supplier<List<String>> rows) {
    if (kind == Kind.LINES) {
      return () -> {};
    }
    lock.lock();
    try {
      table = Optional.of(rows);
      draw();
    } finally {
      lock.unlock();
    }
    Thread clock = Thread.ofVirtual().start(this::redrawAsTimeGoesBy);
    return () -> {
      clock.interrupt();
      redraw();
      lock.lock();
      try {
        table = Optional.empty();
        drawn = 0;
      } finally {
        lock.unlock();
      }
    };
  }

  /** A table that is being shown. */
  interface Showing extends AutoCloseable {
    @Override
    void close();
  }

  private void redrawAsTimeGoesBy() {
    try {
      while (true) {
        Thread.sleep(REDRAW);
        redraw();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void redraw() {
    lock.lock();
    try {
      erase();
      draw();
    } finally {
      lock.unlock();
    }
  }

  private void erase() {
    if (drawn > 0) {
      out.print("\u001b[" + drawn + "A" + CLEAR_BELOW);
      drawn = 0;
    }
  }

  private void draw() {
    List<String> rows = table.map(Supplier::get).orElse(List.of());
    rows.forEach(out::println);
    drawn = rows.size();
    out.flush();
  }
}

package dev.slipway.app.cli;

import dev.slipway.app.api.ChangeView;
import java.io.Console;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Shows how a change travels: on a terminal a line per stage, redrawn in place as time goes by;
 * otherwise a plain line for everything that happens.
 */
final class Progress implements AutoCloseable {
  private static final Duration REDRAW = Duration.ofMillis(500);
  private static final String CLEAR = "\u001b[2K";

  private final PrintWriter out;
  private final Optional<Thread> clock;
  private final Instant began = Instant.now();
  private final ReentrantLock lock = new ReentrantLock();
  private Optional<ChangeView> shown = Optional.empty();
  private int drawn;
  private String last = "";

  Progress(PrintWriter out) {
    this.out = out;
    boolean live =
        Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent()
            && System.getenv("NO_COLOR") == null;
    this.clock =
        live ? Optional.of(Thread.ofVirtual().start(this::redrawAsTimeGoesBy)) : Optional.empty();
  }

  void show(ChangeView change) {
    lock.lock();
    try {
      shown = Optional.of(change);
      if (clock.isPresent()) {
        redraw(change);
        return;
      }
      String line = line(change);
      if (!line.equals(last)) {
        out.println(seconds(Duration.between(began, Instant.now())) + "  " + line);
        last = line;
      }
    } finally {
      lock.unlock();
    }
  }

  private void redrawAsTimeGoesBy() {
    try {
      while (true) {
        Thread.sleep(REDRAW);
        lock.lock();
        try {
          shown.ifPresent(this::redraw);
        } finally {
          lock.unlock();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void redraw(ChangeView change) {
    List<String> lines = new ArrayList<>();
    lines.add(change.change() + "  " + change.title());
    for (ChangeView.StageView stage : change.stages()) {
      lines.add(
          String.format(
              Locale.ROOT, "  %-11s %-15s %s", stage.stage(), stage.verdict(), took(stage)));
    }
    lines.add(seconds(Duration.between(began, Instant.now())) + "  " + line(change));
    if (drawn > 0) {
      out.print("\u001b[" + drawn + "A");
    }
    lines.forEach(line -> out.print(CLEAR + line + "\n"));
    out.flush();
    drawn = lines.size();
  }

  private static String took(ChangeView.StageView stage) {
    if (stage.startedAt().isEmpty()) {
      return "";
    }
    Instant end = stage.endedAt().map(Instant::parse).orElseGet(Instant::now);
    return seconds(Duration.between(Instant.parse(stage.startedAt().get()), end));
  }

  private static String line(ChangeView change) {
    String what = change.state() + " (" + change.step().replace('_', ' ') + ")";
    return change.reasons().isEmpty()
        ? what
        : what
            + ": "
            + String.join("; ", change.reasons().stream().map(it -> it.message()).toList());
  }

  private static String seconds(Duration duration) {
    return String.format(Locale.ROOT, "%6.1f s", Math.max(0, duration.toMillis()) / 1000.0);
  }

  @Override
  public void close() {
    clock.ifPresent(Thread::interrupt);
  }
}

package dev.slipway.app.incidents;

import dev.slipway.incident.Incident;
import dev.slipway.incident.Reproduction;
import dev.slipway.policy.judge.Arm;
import dev.slipway.policy.judge.Recording;
import dev.slipway.policy.judge.Row;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;
import java.util.function.ToDoubleFunction;

/**
 * What canary and baseline showed until the rollback, as SVG: error rate above, p99 below, with
 * their limits, and when it was decided and done. Readable in light and dark; nothing but numbers
 * is in it.
 */
final class IncidentPlot {
  private static final int WIDTH = 760;
  private static final int LEFT = 70;
  private static final int RIGHT = 690;
  private static final int FIRST_TOP = 54;
  private static final int PANEL = 130;
  private static final int GAP = 44;
  private static final int HEIGHT = FIRST_TOP + 2 * PANEL + GAP + 44;
  private static final Duration SHORT = Duration.ofSeconds(30);
  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private static final String STYLE =
      """
      text{font:12px system-ui,sans-serif;fill:#333}
      .page{fill:#fff}
      .grid{stroke:#ddd}
      .line{fill:none;stroke-width:1.8;stroke-linejoin:round;stroke-linecap:round}
      .canary{stroke:#d9480f}
      .baseline{stroke:#1c7ed6}
      .limit{stroke:#868e96;stroke-dasharray:6 4;stroke-width:1.4}
      .decided{stroke:#333;stroke-width:1.2}
      .back{stroke:#2b8a3e;stroke-width:1.2}
      text.canary{fill:#d9480f;stroke:none}
      text.baseline{fill:#1c7ed6;stroke:none}
      text.back{fill:#2b8a3e;stroke:none}
      text.decided{stroke:none}
      .name{font-weight:600}
      @media (prefers-color-scheme:dark){
      text{fill:#ddd}
      .page{fill:#1b1d21}
      .grid{stroke:#3a3d43}
      .canary{stroke:#ff922b}
      .baseline{stroke:#74c0fc}
      .limit{stroke:#adb5bd}
      .decided{stroke:#ddd}
      .back{stroke:#69db7c}
      text.canary{fill:#ff922b}
      text.baseline{fill:#74c0fc}
      text.back{fill:#69db7c}
      }
      """;

  private final Incident incident;
  private final Recording recording;
  private final Instant from;
  private final Instant to;
  private final StringBuilder svg = new StringBuilder();

  IncidentPlot(Incident incident, Recording recording) {
    this.incident = incident;
    this.recording = recording;
    Instant first = recording.rows().getFirst().time();
    Instant last = recording.rows().getLast().time();
    Duration seen = Duration.between(first, last).plusSeconds(1);
    this.from = first;
    this.to = end(last, seen);
  }

  /** What happened long after the last measurement is named at the edge. */
  private Instant end(Instant last, Duration seen) {
    Duration after = Duration.between(last, incident.restoredAt());
    Duration shown = seen.compareTo(SHORT) < 0 ? seen : SHORT.plus(seen.dividedBy(8));
    if (after.compareTo(shown) > 0) {
      return last.plus(seen.dividedBy(8));
    }
    return after.isNegative() ? last : incident.restoredAt();
  }

  String svg() {
    svg.append(
        """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" role="img">
        <title>Canary and baseline until the rollback</title>
        <style>
        %s</style>
        <rect class="page" width="%d" height="%d"/>
        """
            .formatted(WIDTH, HEIGHT, STYLE, WIDTH, HEIGHT));
    legend();
    Panel errors =
        new Panel(
            FIRST_TOP,
            "error rate",
            row -> row.requests() > 0 ? row.errors() / row.requests() : Double.NaN,
            limit(Reproduction::errorRateMax),
            Numbers::percent);
    Panel latency =
        new Panel(
            FIRST_TOP + PANEL + GAP,
            "p99 latency",
            this::p99,
            limit(Reproduction::latencyP99MaxMs),
            Numbers::millis);
    errors.draw();
    latency.draw();
    times();
    marker("decided", "decided", incident.decidedAt(), 0);
    marker("back", "production back", incident.restoredAt(), 1);
    return svg.append("</svg>\n").toString();
  }

  private double limit(ToDoubleFunction<Reproduction> of) {
    return incident.reproduction().map(of::applyAsDouble).orElse(Double.NaN);
  }

  private double p99(Row row) {
    int index = recording.quantiles().indexOf(0.99);
    return index < 0 ? Double.NaN : row.latencies().get(index);
  }

  private void legend() {
    legend(LEFT, "canary", "canary");
    legend(LEFT + 80, "baseline", "baseline");
    legend(LEFT + 170, "limit", "limit");
  }

  private void legend(int x, String kind, String name) {
    svg.append(
        "<line class=\"line %s\" x1=\"%d\" x2=\"%d\" y1=\"18\" y2=\"18\"/><text x=\"%d\" y=\"22\">%s</text>\n"
            .formatted(kind, x, x + 20, x + 26, name));
  }

  private void times() {
    int y = HEIGHT - 26;
    int steps = 4;
    for (int i = 0; i <= steps; i++) {
      Instant at = from.plus(Duration.between(from, to).multipliedBy(i).dividedBy(steps));
      text(x(at), y, "middle", "", CLOCK.format(at));
    }
    text((LEFT + RIGHT) / 2.0, HEIGHT - 8, "middle", "", "time (UTC)");
  }

  private void marker(String kind, String name, Instant at, int row) {
    boolean beyond = at.isAfter(to);
    double x = x(beyond ? to : at);
    svg.append(
        "<line class=\"%s\" x1=\"%s\" x2=\"%s\" y1=\"%d\" y2=\"%d\"/>\n"
            .formatted(kind, n(x), n(x), FIRST_TOP - 8, FIRST_TOP + 2 * PANEL + GAP));
    String label =
        name + " " + (beyond ? at.truncatedTo(ChronoUnit.SECONDS) + " →" : CLOCK.format(at));
    text(x - 4, FIRST_TOP - 12 - 14 * row, "end", kind, label);
  }

  private double x(Instant at) {
    double whole = Math.max(1, Duration.between(from, to).toMillis());
    return LEFT + Duration.between(from, at).toMillis() / whole * (RIGHT - LEFT);
  }

  private void text(double x, double y, String anchor, String kind, String words) {
    svg.append(
        "<text class=\"%s\" x=\"%s\" y=\"%s\" text-anchor=\"%s\">%s</text>\n"
            .formatted(kind, n(x), n(y), anchor, words));
  }

  private static String n(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }

  /** One measure over time. */
  private final class Panel {
    private static final int LINES = 4;

    private final int top;
    private final String name;
    private final ToDoubleFunction<Row> value;
    private final double limit;
    private final DoubleFunction<String> words;
    private final double most;

    Panel(
        int top,
        String name,
        ToDoubleFunction<Row> value,
        double limit,
        DoubleFunction<String> words) {
      this.top = top;
      this.name = name;
      this.value = value;
      this.limit = limit;
      this.words = words;
      double seen =
          recording.rows().stream()
              .mapToDouble(value)
              .filter(Double::isFinite)
              .max()
              .orElse(Double.NaN);
      this.most = round(shown(seen));
    }

    /** A limit far above everything seen is named, not drawn. */
    private double shown(double seen) {
      if (!(seen > 0)) {
        return limit > 0 ? 1.5 * limit : 1;
      }
      return limit > 0 && limit <= 4 * seen ? 1.05 * Math.max(seen, limit) : 1.05 * seen;
    }

    private static double round(double value) {
      double power = Math.pow(10, Math.floor(Math.log10(value)));
      for (double step : new double[] {1, 2, 4, 6, 8}) {
        if (value <= step * power) {
          return step * power;
        }
      }
      return 10 * power;
    }

    void draw() {
      svg.append(
          "<text class=\"name\" x=\"%d\" y=\"%d\">%s</text>\n".formatted(LEFT, top - 8, name));
      for (int i = 0; i <= LINES; i++) {
        double at = most * i / LINES;
        svg.append(
            "<line class=\"grid\" x1=\"%d\" x2=\"%d\" y1=\"%s\" y2=\"%s\"/>\n"
                .formatted(LEFT, RIGHT, n(y(at)), n(y(at))));
        text(LEFT - 8, y(at) + 4, "end", "", words.apply(at));
      }
      if (limit > 0 && limit <= most) {
        svg.append(
            "<line class=\"limit\" x1=\"%d\" x2=\"%d\" y1=\"%s\" y2=\"%s\"/>\n"
                .formatted(LEFT, RIGHT, n(y(limit)), n(y(limit))));
        text(RIGHT + 6, y(limit) + 4, "start", "", words.apply(limit));
      } else if (limit > 0) {
        text(RIGHT, top - 8, "end", "", "limit " + words.apply(limit) + ", above this picture");
      }
      curve(Arm.BASELINE);
      curve(Arm.CANARY);
    }

    private void curve(Arm arm) {
      List<Row> rows = recording.rows().stream().filter(row -> row.arm() == arm).toList();
      StringBuilder path = new StringBuilder();
      boolean on = false;
      for (Row row : rows) {
        double at = value.applyAsDouble(row);
        if (Double.isFinite(at)) {
          path.append(on ? 'L' : 'M').append(n(x(row.time()))).append(' ').append(n(y(at)));
          path.append(on ? "" : "h0"); // alone, it is a dot
        }
        on = Double.isFinite(at);
      }
      svg.append("<path class=\"line %s\" d=\"%s\"/>\n".formatted(arm.label(), path.toString()));
    }

    private double y(double at) {
      return top + PANEL - Math.min(1, at / most) * PANEL;
    }
  }
}

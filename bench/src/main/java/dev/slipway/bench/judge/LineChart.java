package dev.slipway.bench.judge;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A line chart of shares over a horizontal axis, as SVG. */
final class LineChart {
  private static final int WIDTH = 640;
  private static final int HEIGHT = 360;
  private static final int LEFT = 56;
  private static final int RIGHT = 150;
  private static final int TOP = 40;
  private static final int BOTTOM = 48;
  private static final List<String> COLOURS =
      List.of("#1f77b4", "#17a2b8", "#d62728", "#ff7f0e", "#7f7f7f");

  private final String title;
  private final String horizontal;
  private final String vertical;
  private final List<Double> ticks;
  private final double from;
  private final double to;
  private final List<Line> lines = new ArrayList<>();

  /** A named line through points given as x and y in turn. */
  private record Line(String name, List<double[]> points) {}

  LineChart(String title, String horizontal, String vertical, List<Double> ticks) {
    this.title = title;
    this.horizontal = horizontal;
    this.vertical = vertical;
    this.ticks = List.copyOf(ticks);
    this.from = ticks.getFirst();
    this.to = ticks.getLast();
  }

  void line(String name, List<double[]> points) {
    lines.add(new Line(name, List.copyOf(points)));
  }

  String svg() {
    StringBuilder svg = new StringBuilder();
    svg.append(
        """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" font-size="12">
        <rect width="100%%" height="100%%" fill="white"/>
        <text x="%d" y="22" font-size="14">%s</text>
        <text x="%d" y="%d" text-anchor="middle">%s</text>
        <text transform="translate(14 %d) rotate(-90)" text-anchor="middle">%s</text>
        """
            .formatted(
                WIDTH,
                HEIGHT,
                LEFT,
                title,
                (LEFT + WIDTH - RIGHT) / 2,
                HEIGHT - 10,
                horizontal,
                (TOP + HEIGHT - BOTTOM) / 2,
                vertical));
    grid(svg);
    for (int i = 0; i < lines.size(); i++) {
      draw(svg, lines.get(i), i);
    }
    return svg.append("</svg>\n").toString();
  }

  private void grid(StringBuilder svg) {
    for (int share = 0; share <= 100; share += 20) {
      svg.append(
          "<line x1=\"%d\" x2=\"%d\" y1=\"%s\" y2=\"%s\" stroke=\"#ddd\"/><text x=\"%d\" y=\"%s\" text-anchor=\"end\">%d %%</text>%n"
              .formatted(
                  LEFT,
                  WIDTH - RIGHT,
                  number(y(share / 100.0)),
                  number(y(share / 100.0)),
                  LEFT - 6,
                  number(y(share / 100.0) + 4),
                  share));
    }
    for (double tick : ticks) {
      svg.append(
          "<text x=\"%s\" y=\"%d\" text-anchor=\"middle\">%s</text>%n"
              .formatted(number(x(tick)), HEIGHT - BOTTOM + 18, number(tick)));
    }
  }

  private void draw(StringBuilder svg, Line line, int index) {
    String colour = COLOURS.get(index % COLOURS.size());
    StringBuilder path = new StringBuilder();
    for (double[] point : line.points()) {
      path.append(path.isEmpty() ? "M" : "L")
          .append(number(x(point[0])))
          .append(' ')
          .append(number(y(point[1])));
    }
    int legend = TOP + 10 + 20 * index;
    svg.append(
        "<path d=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"/>%n"
            .formatted(path, colour));
    svg.append(
        "<rect x=\"%d\" y=\"%d\" width=\"14\" height=\"4\" fill=\"%s\"/><text x=\"%d\" y=\"%d\">%s</text>%n"
            .formatted(
                WIDTH - RIGHT + 12, legend - 6, colour, WIDTH - RIGHT + 32, legend, line.name()));
  }

  private double x(double value) {
    return LEFT + (value - from) / (to - from) * (WIDTH - LEFT - RIGHT);
  }

  private static double y(double share) {
    return HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM);
  }

  private static String number(double value) {
    return value == Math.rint(value)
        ? Long.toString((long) value)
        : String.format(Locale.ROOT, "%.1f", value);
  }
}

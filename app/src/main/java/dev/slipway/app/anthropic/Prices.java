package dev.slipway.app.anthropic;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.model.Tokens;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * What tokens cost, from the resource {@code prices.csv}: US dollars a million tokens by the
 * beginning of the model's id. A model that is not listed costs as much as the dearest that is, so
 * that a budget is never overrun for want of a price.
 */
record Prices(double input, double cacheWrite, double cacheRead, double output) {
  private static final double MILLION = 1_000_000;

  private record Line(String prefix, Prices prices) {}

  /** The prices of the model of this id. */
  static Prices of(String model) {
    List<Line> lines = lines();
    return lines.stream()
        .filter(line -> model.startsWith(line.prefix()))
        .findFirst()
        .map(Line::prices)
        .orElseGet(() -> dearest(lines));
  }

  private static Prices dearest(List<Line> lines) {
    return lines.stream()
        .map(Line::prices)
        .reduce(
            (one, other) ->
                new Prices(
                    Math.max(one.input, other.input),
                    Math.max(one.cacheWrite, other.cacheWrite),
                    Math.max(one.cacheRead, other.cacheRead),
                    Math.max(one.output, other.output)))
        .orElseThrow();
  }

  private static List<Line> lines() {
    try (InputStream in = Prices.class.getResourceAsStream("prices.csv")) {
      if (in == null) {
        throw new IllegalStateException("the resource prices.csv is missing");
      }
      return new String(in.readAllBytes(), UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(Prices::line)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read prices.csv", e);
    }
  }

  private static Line line(String text) {
    List<String> cells = List.of(text.split(",", -1));
    return new Line(
        cells.get(0),
        new Prices(
            Double.parseDouble(cells.get(1)),
            Double.parseDouble(cells.get(2)),
            Double.parseDouble(cells.get(3)),
            Double.parseDouble(cells.get(4))));
  }

  /** What these tokens cost in US dollars. */
  double dollars(Tokens tokens) {
    return (tokens.input() * input
            + tokens.cacheWritten() * cacheWrite
            + tokens.cacheRead() * cacheRead
            + tokens.output() * output)
        / MILLION;
  }

  /** The most that a call with so many tokens can cost. */
  double ceiling(long inputTokens, long outputTokens) {
    return (inputTokens * Math.max(input, cacheWrite) + outputTokens * output) / MILLION;
  }
}

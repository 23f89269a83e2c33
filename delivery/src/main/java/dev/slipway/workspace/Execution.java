package dev.slipway.workspace;

import dev.slipway.change.Printable;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How a command ended.
 *
 * @param output what it printed on both streams, in order, masked, cut in the middle if it was too
 *     long
 */
public record Execution(Ending ending, String output, Duration took) {
  private static final int LINE_CHARS_MAX = 400;

  private static final Pattern COLOUR = Pattern.compile("\\u001b\\[[0-9;]{0,20}[A-Za-z]");

  /** Why it is no longer running. */
  public sealed interface Ending {
    /** It ended by itself with this code. */
    record Exited(int code) implements Ending {}

    /** A bound ended it; the bound is named with its value. */
    record Bounded(String bound) implements Ending {}

    /** It could not be started, such as a program that does not exist. */
    record NotStarted(String reason) implements Ending {}
  }

  /** Whether it ran to its end and said 0. */
  public boolean succeeded() {
    return ending instanceof Ending.Exited(int code) && code == 0;
  }

  /**
   * The last lines it printed that are not blank, on one line, safe to show; colours are dropped.
   */
  public String lastLines(int most) {
    List<String> lines =
        COLOUR.matcher(output).replaceAll("").lines().filter(line -> !line.isBlank()).toList();
    return lines.subList(Math.max(0, lines.size() - most), lines.size()).stream()
        .map(String::strip)
        .map(line -> line.substring(Math.max(0, line.length() - LINE_CHARS_MAX)))
        .map(Printable::of)
        .collect(Collectors.joining(" / "));
  }

  /** One sentence on how it ended. */
  public String describe() {
    return switch (ending) {
      case Ending.Exited(int code) -> "exited with " + code + " after " + took.toMillis() + " ms";
      case Ending.Bounded(String bound) -> "was ended by its bound: " + bound;
      case Ending.NotStarted(String reason) -> "could not be started: " + reason;
    };
  }
}

package dev.slipway.workspace;

import java.time.Duration;

/**
 * How a command ended.
 *
 * @param output what it printed on both streams, in order, masked, cut in the middle if it was too
 *     long
 */
public record Execution(Ending ending, String output, Duration took) {
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

  /** One sentence on how it ended. */
  public String describe() {
    return switch (ending) {
      case Ending.Exited(int code) -> "exited with " + code + " after " + took.toMillis() + " ms";
      case Ending.Bounded(String bound) -> "was ended by its bound: " + bound;
      case Ending.NotStarted(String reason) -> "could not be started: " + reason;
    };
  }
}

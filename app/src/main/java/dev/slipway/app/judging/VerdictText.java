package dev.slipway.app.judging;

import dev.slipway.change.Printable;
import dev.slipway.policy.judge.MetricResult;
import java.util.Locale;

/** Verdicts on files as text for people. */
public final class VerdictText {
  private VerdictText() {}

  /** The verdict, when it was reached, why, and every metric; lines end with a newline. */
  public static String of(FileVerdict file) {
    StringBuilder text = new StringBuilder();
    text.append(Printable.of(file.input())).append(": ").append(spoken(file.verdict().label()));
    file.decidedAt().ifPresent(at -> text.append(", decided at ").append(at));
    text.append('\n');
    file.verdict()
        .reasons()
        .forEach(
            reason ->
                text.append("  ")
                    .append(reason.rule())
                    .append(": ")
                    .append(reason.message())
                    .append('\n'));
    for (MetricResult metric : file.metrics()) {
      text.append(
          String.format(
              Locale.ROOT,
              "  %-24s %-14s %s\n",
              metric.name(),
              spoken(metric.verdict().label()),
              metric.message()));
    }
    return text.toString();
  }

  private static String spoken(String label) {
    return label.replace('_', ' ');
  }
}

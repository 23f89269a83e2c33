package dev.slipway.app.cli;

import dev.slipway.app.backtest.LabelFit;
import dev.slipway.app.backtest.Summary;
import dev.slipway.app.backtest.Summary.PolicyDifference;
import java.io.PrintWriter;
import java.util.Collections;
import java.util.Locale;

/** A backtest's summary for people. */
final class BacktestText {
  private static final int BAR = 40;
  private static final int ALTERED_MAX = 50;

  private BacktestText() {}

  static void print(PrintWriter out, Summary summary) {
    out.printf(
        Locale.ROOT,
        "%d changes, %d (%.1f %%) would have gone to a person%s%n%nreasons (changes):%n",
        summary.changes(),
        summary.asked(),
        100 * summary.askedShare(),
        summary.left() == 0 ? "" : ", " + summary.left() + " could not be judged");
    summary.reasons().forEach((rule, count) -> out.printf("  %-28s %6d%n", rule, count));
    int most = Collections.max(summary.risk().values());
    out.printf("%nrisk:%n");
    summary
        .risk()
        .forEach(
            (risk, count) ->
                out.printf(
                    "  %2d %6d %s%n",
                    risk, count, "#".repeat(most == 0 ? 0 : (BAR * count + most - 1) / most)));
    summary
        .riskScore()
        .forEach((name, score) -> out.printf("  %s of the score: %.1f%n", name, score));
    summary.policy().ifPresent(it -> policy(out, summary, it));
    summary.labels().ifPresent(it -> labels(out, it));
  }

  private static void policy(PrintWriter out, Summary summary, PolicyDifference other) {
    out.printf(
        Locale.ROOT,
        "%nwith the changed policy %d (%.1f %%) would go to a person, %d before; altered: %d%n",
        other.asked(),
        100 * other.askedShare(),
        summary.asked(),
        other.altered().size());
    other.altered().stream()
        .limit(ALTERED_MAX)
        .forEach(
            it ->
                out.printf(
                    "  %.12s %s -> %s  %s%n",
                    it.commit(), it.before(), it.after(), String.join("; ", it.reasons())));
    if (other.altered().size() > ALTERED_MAX) {
      out.printf("  and %d more; --json lists all%n", other.altered().size() - ALTERED_MAX);
    }
  }

  private static void labels(PrintWriter out, LabelFit fit) {
    out.printf(
        Locale.ROOT,
        "%nof %d labelled changes %d are harmful: precision %.3f, recall %.3f,"
            + " AUC of the risk score %.3f, of added lines alone %.3f%n",
        fit.labelled(),
        fit.harmful(),
        fit.precision(),
        fit.recall(),
        fit.auc(),
        fit.aucAddedLines());
  }
}

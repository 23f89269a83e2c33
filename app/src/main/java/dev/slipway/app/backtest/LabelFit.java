package dev.slipway.app.backtest;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * How well the verdicts fit labels: true for a change that did harm, or that a person was right to
 * look at.
 *
 * @param labelled changes that have a label
 * @param precision share of those sent to a person that are labelled true
 * @param recall share of those labelled true that were sent to a person
 * @param auc the chance that a change labelled true has a higher risk score than one labelled
 *     false, ties counted half (Mann–Whitney)
 * @param aucAddedLines the same by the number of added lines alone
 */
public record LabelFit(
    int labelled, int harmful, double precision, double recall, double auc, double aucAddedLines) {

  static Optional<LabelFit> of(List<Judged> judged, Map<String, Boolean> labels) {
    List<Judged> known =
        judged.stream().filter(it -> labels.containsKey(it.commit().hex())).toList();
    if (known.isEmpty()) {
      return Optional.empty();
    }
    List<Judged> harmful =
        known.stream().filter(it -> labels.getOrDefault(it.commit().hex(), false)).toList();
    List<Judged> asked = known.stream().filter(it -> Summary.isAsked(it.judgement())).toList();
    int hits = (int) harmful.stream().filter(asked::contains).count();
    return Optional.of(
        new LabelFit(
            known.size(),
            harmful.size(),
            Summary.share(hits, asked.size()),
            Summary.share(hits, harmful.size()),
            auc(known, harmful, it -> it.review().riskScore()),
            auc(known, harmful, Judged::addedLines)));
  }

  private static double auc(
      List<Judged> known, List<Judged> harmful, ToDoubleFunction<Judged> score) {
    int others = known.size() - harmful.size();
    if (harmful.isEmpty() || others == 0) {
      return 0.5;
    }
    List<Judged> sorted = new ArrayList<>(known);
    sorted.sort(Comparator.comparingDouble(score));
    double ranks = 0;
    for (int from = 0; from < sorted.size(); ) {
      int to = from;
      while (to < sorted.size()
          && score.applyAsDouble(sorted.get(to)) == score.applyAsDouble(sorted.get(from))) {
        to++;
      }
      double rank = (from + 1 + to) / 2.0;
      for (Judged it : sorted.subList(from, to)) {
        ranks += harmful.contains(it) ? rank : 0;
      }
      from = to;
    }
    double wins = ranks - harmful.size() * (harmful.size() + 1) / 2.0;
    return Math.round(10_000 * wins / ((double) harmful.size() * others)) / 10_000.0;
  }
}

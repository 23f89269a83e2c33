package dev.slipway.app.backtest;

import dev.slipway.policy.Disposition;
import dev.slipway.policy.Judgement;
import dev.slipway.policy.Reason;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a backtest comes to.
 *
 * @param changes how many were judged
 * @param left how many could not be
 * @param asked how many would have gone to a person (or would have been stopped)
 * @param askedShare the same as a share, 0 to 1
 * @param reasons how many changes had a reason of this rule, most frequent first
 * @param risk how many changes had this risk
 * @param riskScore quantiles of the continuous score
 * @param policy what the other policy would alter
 * @param labels how the verdicts fit what is known of the changes
 */
public record Summary(
    int changes,
    int left,
    int asked,
    double askedShare,
    Map<String, Integer> reasons,
    Map<Integer, Integer> risk,
    Map<String, Double> riskScore,
    Optional<PolicyDifference> policy,
    Optional<LabelFit> labels) {

  /**
   * What another policy would alter.
   *
   * @param altered the changes for which something else would have followed
   */
  public record PolicyDifference(int asked, double askedShare, List<Altered> altered) {}

  /** One change for which something else follows under the other policy. */
  public record Altered(String commit, String before, String after, List<String> reasons) {}

  /**
   * Folds the results; labels by full commit name, true for a change that a person was right to
   * see.
   */
  public static Summary of(List<Judged> judged, int left, Map<String, Boolean> labels) {
    int asked = (int) judged.stream().filter(it -> isAsked(it.judgement())).count();
    Map<Integer, Integer> risk = new TreeMap<>();
    for (int i = 1; i <= 10; i++) {
      risk.put(i, 0);
    }
    judged.forEach(it -> risk.merge(it.review().risk(), 1, Integer::sum));
    return new Summary(
        judged.size(),
        left,
        asked,
        share(asked, judged.size()),
        reasons(judged),
        risk,
        quantiles(judged),
        difference(judged),
        LabelFit.of(judged, labels));
  }

  static boolean isAsked(Judgement judgement) {
    return !(judgement.disposition() instanceof Disposition.Proceed);
  }

  static double share(int part, int whole) {
    return whole == 0 ? 0 : Math.round(10_000.0 * part / whole) / 10_000.0;
  }

  private static Map<String, Integer> reasons(List<Judged> judged) {
    Map<String, Integer> counts = new TreeMap<>();
    for (Judged it : judged) {
      it.judgement().verdict().reasons().stream()
          .map(Reason::rule)
          .distinct()
          .forEach(rule -> counts.merge(rule, 1, Integer::sum));
    }
    return counts.entrySet().stream()
        .sorted(
            Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()))
        .collect(
            Collectors.toMap(
                Map.Entry::getKey, Map.Entry::getValue, (a, b) -> a, LinkedHashMap::new));
  }

  private static Map<String, Double> quantiles(List<Judged> judged) {
    List<Double> scores = judged.stream().map(it -> it.review().riskScore()).sorted().toList();
    Map<String, Double> quantiles = new LinkedHashMap<>();
    for (int percent : new int[] {10, 50, 90, 99}) {
      int at = (int) Math.ceil(scores.size() * percent / 100.0) - 1;
      if (!scores.isEmpty()) {
        quantiles.put("p" + percent, scores.get(Math.max(0, at)));
      }
    }
    return quantiles;
  }

  private static Optional<PolicyDifference> difference(List<Judged> judged) {
    if (judged.stream().allMatch(it -> it.other().isEmpty())) {
      return Optional.empty();
    }
    int asked = 0;
    List<Altered> altered = new ArrayList<>();
    for (Judged it : judged) {
      Judgement other = it.other().orElse(it.judgement());
      asked += isAsked(other) ? 1 : 0;
      String before = it.judgement().disposition().label();
      String after = other.disposition().label();
      List<Reason> reasons = other.verdict().reasons();
      if (!before.equals(after) || !reasons.equals(it.judgement().verdict().reasons())) {
        altered.add(
            new Altered(
                it.commit().hex(), before, after, reasons.stream().map(Reason::message).toList()));
      }
    }
    return Optional.of(new PolicyDifference(asked, share(asked, judged.size()), altered));
  }
}

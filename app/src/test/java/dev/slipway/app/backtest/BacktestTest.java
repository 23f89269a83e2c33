package dev.slipway.app.backtest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.agents.review.ReviewFloor;
import dev.slipway.app.backtest.Backtest.Result;
import dev.slipway.app.detectors.Changes;
import dev.slipway.app.detectors.Detectors;
import dev.slipway.change.CommitId;
import dev.slipway.policy.Thresholds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BacktestTest {
  private static final Rules USUAL = new Rules(Thresholds.DEFAULT, Optional.empty());

  private static CommitId commit(int number) {
    return new CommitId(String.format("%040d", number));
  }

  private static Past past(int number, String path, String text) {
    return new Past(
        commit(number), () -> Optional.of(Changes.between(Map.of(), Map.of(path, text))));
  }

  private static final List<Past> PASTS =
      List.of(
          past(1, "src/a.txt.py", "x = 1\n"),
          past(2, "db/migration/V1__a.sql", "DROP TABLE a;\n"),
          new Past(commit(3), Optional::empty),
          new Past(
              commit(4),
              () -> {
                throw new IllegalStateException("a broken object");
              }),
          past(5, "src/b.py", "y = 1\n".repeat(900)));

  private static List<Result> run(Rules rules, Optional<Rules> other, int threads)
      throws InterruptedException {
    List<Result> results = new ArrayList<>();
    new Backtest(new ReviewFloor(Detectors.all(), Duration.ofMinutes(2)), rules, other)
        .run(PASTS, threads, results::add);
    return results;
  }

  private static List<Judged> judged(List<Result> results) {
    return results.stream()
        .flatMap(
            it ->
                it instanceof Result.Done done
                    ? List.of(done.judged()).stream()
                    : List.<Judged>of().stream())
        .toList();
  }

  @Test
  void resultsComeInOrderHoweverManyWork() throws InterruptedException {
    List<Result> one = run(USUAL, Optional.empty(), 1);
    List<Result> many = run(USUAL, Optional.empty(), 4);
    assertThat(many).isEqualTo(one).hasSize(5);
    assertThat(one.get(2))
        .isEqualTo(new Result.Left(commit(3), "has no parent to be compared with"));
    assertThat(one.get(3))
        .isEqualTo(new Result.Left(commit(4), "failed with IllegalStateException"));
  }

  @Test
  void theSummaryCountsWhoIsAskedAndWhy() throws InterruptedException {
    List<Judged> judged = judged(run(USUAL, Optional.empty(), 2));
    Summary summary =
        Summary.of(
            judged,
            2,
            Map.of(commit(2).hex(), true, commit(1).hex(), false, commit(5).hex(), false));
    assertThat(summary.changes()).isEqualTo(3);
    assertThat(summary.left()).isEqualTo(2);
    assertThat(summary.asked()).isEqualTo(1);
    assertThat(summary.askedShare()).isEqualTo(0.3333);
    assertThat(summary.reasons()).containsKeys("review.schema_change", "review.risk");
    assertThat(summary.risk().values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(3);
    assertThat(summary.policy()).isEmpty();
    assertThat(summary.labels()).hasValue(new LabelFit(3, 1, 1, 1, 1, 0.25));
  }

  @Test
  void aStricterPolicyShowsWhatItAlters() throws InterruptedException {
    Thresholds usual = Thresholds.DEFAULT;
    Rules strict =
        new Rules(
            new Thresholds(
                1,
                usual.coverageMin(),
                usual.errorRateMax(),
                usual.latencyP99Max(),
                usual.regressionTolerance(),
                usual.flakyTestsMax(),
                usual.model()),
            Optional.empty());
    Summary summary = Summary.of(judged(run(USUAL, Optional.of(strict), 2)), 2, Map.of());
    Summary.PolicyDifference difference = summary.policy().orElseThrow();
    assertThat(difference.asked()).isGreaterThan(summary.asked());
    assertThat(difference.altered())
        .anySatisfy(
            it -> {
              assertThat(it.commit()).isEqualTo(commit(5).hex());
              assertThat(it.before()).isEqualTo("proceed");
              assertThat(it.after()).isEqualTo("ask");
            });
  }
}

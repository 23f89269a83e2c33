package dev.slipway.app.backtest;

import dev.slipway.agents.review.FloorReview;
import dev.slipway.agents.review.ReviewAgent;
import dev.slipway.agents.review.ReviewFloor;
import dev.slipway.agents.review.Subject;
import dev.slipway.change.CommitId;
import dev.slipway.policy.Judgement;
import dev.slipway.policy.Policy;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/**
 * Runs floor and policy over merged changes, several at a time. What is handed out comes in the
 * order of the changes, and does not depend on how many are looked at together.
 */
public final class Backtest {
  /** No approval can be for it: nobody is asked about the past. */
  private static final CommitId NO_HEAD = new CommitId("0".repeat(40));

  /** What came of one change. */
  public sealed interface Result {
    /** It was judged. */
    record Done(Judged judged) implements Result {}

    /** It could not be, and why. */
    record Left(CommitId commit, String why) implements Result {}
  }

  private final ReviewFloor floor;
  private final Rules rules;
  private final Optional<Rules> other;

  /**
   * @param other a policy to compare with
   */
  public Backtest(ReviewFloor floor, Rules rules, Optional<Rules> other) {
    this.floor = floor;
    this.rules = rules;
    this.other = other;
  }

  /** Judges the changes, {@code threads} at a time, and gives each result to the consumer. */
  public void run(List<Past> changes, int threads, Consumer<Result> results)
      throws InterruptedException {
    try (ExecutorService workers = Executors.newFixedThreadPool(threads)) {
      List<Future<Result>> pending =
          changes.stream().map(change -> workers.submit(() -> judge(change))).toList();
      try {
        for (int i = 0; i < pending.size(); i++) {
          results.accept(result(changes.get(i), pending.get(i)));
        }
      } finally {
        pending.forEach(task -> task.cancel(true));
      }
    }
  }

  private static Result result(Past change, Future<Result> task) throws InterruptedException {
    try {
      return task.get();
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      return new Result.Left(change.commit(), "failed with " + cause.getClass().getSimpleName());
    }
  }

  private Result judge(Past change) {
    Optional<Subject> subject = change.subject().get();
    if (subject.isEmpty()) {
      return new Result.Left(change.commit(), "has no parent to be compared with");
    }
    Subject own = with(subject.get(), rules);
    FloorReview review = floor.review(own);
    return new Result.Done(
        new Judged(
            change.commit(),
            review,
            judgement(rules, review, own),
            (int) own.diff().added().count(),
            other.map(it -> otherwise(it, review, own))));
  }

  private Judgement otherwise(Rules it, FloorReview review, Subject subject) {
    Subject changed = with(subject, it);
    FloorReview seen = rules.seeAlike(it) ? review : floor.review(changed);
    return judgement(it, seen, changed);
  }

  private static Judgement judgement(Rules rules, FloorReview review, Subject subject) {
    return new Policy(rules.limits())
        .judge(ReviewAgent.report(review, subject), NO_HEAD, List.of());
  }

  private static Subject with(Subject subject, Rules rules) {
    return new Subject(
        subject.title(),
        subject.body(),
        subject.author(),
        subject.diff(),
        subject.base(),
        subject.candidate(),
        subject.history(),
        rules.project());
  }
}

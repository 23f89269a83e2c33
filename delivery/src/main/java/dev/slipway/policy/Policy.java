package dev.slipway.policy;

import dev.slipway.change.CommitId;
import dev.slipway.policy.Disposition.Ask;
import dev.slipway.policy.Disposition.Proceed;
import dev.slipway.policy.Disposition.RollBack;
import dev.slipway.policy.Disposition.Stop;
import dev.slipway.policy.Disposition.Then;
import java.util.ArrayList;
import java.util.List;

/**
 * Turns what agents report into verdicts, and verdicts into what follows. Together with {@link
 * dev.slipway.policy.judge} the only place in which a number is compared with a limit.
 *
 * <p>A gate looks at a report and says what it objects to. The gravest objection decides: stop
 * before ask. Objections that a person has approved, for this head and these very reasons, no
 * longer count.
 */
public final class Policy {
  private final Thresholds limits;

  public Policy(Thresholds limits) {
    this.limits = limits;
  }

  /**
   * The verdict on one report and what follows from it.
   *
   * @param head the pull request's commit, which approvals must be for
   * @param approvals what people decided so far
   */
  public Judgement judge(Report report, CommitId head, List<Approval> approvals) {
    List<Objection> objections =
        switch (report.stage()) {
          case REVIEW -> new ReviewGate(limits).objections(report);
          case TEST -> new TestGate(limits).objections(report);
          case STAGING -> new StagingGate(limits).objections(report);
          case VALIDATION -> new ValidationGate(limits).objections(report);
          case DEPLOYMENT -> DeploymentGate.objections(report);
        };
    List<Objection> open =
        objections.stream().filter(objection -> !objection.coveredBy(head, approvals)).toList();
    return new Judgement(report.stage(), verdict(objections), disposition(open));
  }

  private static Verdict verdict(List<Objection> objections) {
    List<Reason> reasons = objections.stream().map(Objection::reason).toList();
    if (objections.isEmpty()) {
      return new Verdict.Pass();
    }
    if (objections.stream().anyMatch(objection -> objection.sort() == Objection.Sort.FAILED)) {
      return new Verdict.Fail(reasons);
    }
    return objections.stream().anyMatch(objection -> objection.sort() == Objection.Sort.NOT_RUN)
        ? new Verdict.NotRun(reasons)
        : new Verdict.Inconclusive(reasons);
  }

  private static Disposition disposition(List<Objection> open) {
    if (open.isEmpty()) {
      return new Proceed();
    }
    List<Reason> rollBack = having(open, Objection.Consequence.ROLL_BACK);
    if (!rollBack.isEmpty()) {
      return new RollBack(rollBack, Then.END);
    }
    List<Reason> rollBackAndAsk = having(open, Objection.Consequence.ROLL_BACK_AND_ASK);
    if (!rollBackAndAsk.isEmpty()) {
      return new RollBack(rollBackAndAsk, Then.ASK);
    }
    List<Reason> stop = having(open, Objection.Consequence.STOP);
    return stop.isEmpty() ? new Ask(having(open, Objection.Consequence.ASK)) : new Stop(stop);
  }

  private static List<Reason> having(List<Objection> open, Objection.Consequence consequence) {
    List<Reason> reasons = new ArrayList<>();
    for (Objection objection : open) {
      if (objection.consequence() == consequence) {
        reasons.add(objection.reason());
      }
    }
    return reasons;
  }
}

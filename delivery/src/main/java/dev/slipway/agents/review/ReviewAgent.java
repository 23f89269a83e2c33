package dev.slipway.agents.review;

import dev.slipway.agents.Agent;
import dev.slipway.agents.Assignment;
import dev.slipway.change.Candidate;
import dev.slipway.change.Stage;
import dev.slipway.policy.Check;
import dev.slipway.policy.Measurement;
import dev.slipway.policy.Measurement.Unit;
import dev.slipway.policy.Report;
import dev.slipway.workspace.Workspace;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reports the facts about a change and the risk they amount to. */
public final class ReviewAgent implements Agent {
  private static final String NAME = "review/1";

  private final Workspace workspace;
  private final ReviewFloor floor;

  public ReviewAgent(Workspace workspace, ReviewFloor floor) {
    this.workspace = workspace;
    this.floor = floor;
  }

  @Override
  public Stage stage() {
    return Stage.REVIEW;
  }

  @Override
  public Report run(Assignment assignment) {
    Subject subject = subject(assignment);
    return report(floor.review(subject), subject);
  }

  private Subject subject(Assignment assignment) {
    String repository = assignment.pull().repository();
    Candidate candidate = assignment.candidate();
    return new Subject(
        assignment.pull().title(),
        assignment.pull().body(),
        assignment.pull().author().login(),
        workspace.diff(repository, candidate.base(), candidate.commit()),
        Optional.of(workspace.tree(repository, candidate.base())),
        Optional.of(workspace.tree(repository, candidate.commit())),
        Optional.of(workspace.history(repository, candidate.base())),
        Optional.of(assignment.project()));
  }

  /**
   * The report of a review. What a bare patch cannot show is a note; where everything is there to
   * be looked at, anything not looked at was not run.
   */
  public static Report report(FloorReview review, Subject subject) {
    List<Check> checks = new ArrayList<>();
    checks.add(new Check("model", Check.Outcome.NOT_RUN, "floor only, no model is configured"));
    boolean bare = subject.base().isEmpty();
    review.skipped().stream()
        .filter(it -> !(bare && it.cause() == FloorReview.Cause.INPUT))
        .forEach(it -> checks.add(new Check(it.detector(), Check.Outcome.NOT_RUN, it.why())));
    review
        .unread()
        .forEach(
            path ->
                checks.add(
                    new Check(
                        "read " + path,
                        Check.Outcome.NOT_RUN,
                        path + " is binary: nothing could read it")));
    List<String> notes =
        review.riskTerms().stream()
            .map(
                term ->
                    String.format(
                        Locale.ROOT, "%s: %.2f × %.2f", term.name(), term.value(), term.weight()))
            .toList();
    return new Report(
        Stage.REVIEW,
        NAME,
        review.findings(),
        List.of(
            new Measurement.Value("review.risk", review.risk(), Unit.SCORE),
            new Measurement.Value("review.risk_score", review.riskScore(), Unit.SCORE)),
        checks,
        List.of(),
        notes,
        Map.of());
  }
}

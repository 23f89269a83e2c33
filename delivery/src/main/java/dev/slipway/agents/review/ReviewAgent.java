package dev.slipway.agents.review;

import dev.slipway.agents.Agent;
import dev.slipway.agents.Assignment;
import dev.slipway.change.Candidate;
import dev.slipway.change.Digest;
import dev.slipway.change.Stage;
import dev.slipway.model.Conversation;
import dev.slipway.model.Conversations;
import dev.slipway.policy.Report;
import dev.slipway.workspace.Workspace;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Reports the facts about a change, the risk they amount to, and what a model adds to them. The
 * model can raise the risk and add findings; nothing it says takes anything from the floor.
 */
public final class ReviewAgent implements Agent {
  private static final String NAME = "review/2";

  private final Workspace workspace;
  private final ReviewFloor floor;
  private final Conversations conversations;

  /** A review by code alone. */
  public ReviewAgent(Workspace workspace, ReviewFloor floor) {
    this(workspace, floor, Conversations.none());
  }

  public ReviewAgent(Workspace workspace, ReviewFloor floor, Conversations conversations) {
    this.workspace = workspace;
    this.floor = floor;
    this.conversations = conversations;
  }

  @Override
  public Stage stage() {
    return Stage.REVIEW;
  }

  @Override
  public Report run(Assignment assignment) throws InterruptedException {
    Subject subject = subject(assignment);
    FloorReview review = floor.review(subject);
    Optional<Conversation> conversation =
        conversations.about(assignment.pull().id(), assignment.project().budget());
    if (conversation.isEmpty()) {
      return report(review, subject);
    }
    Opinion opinion = new ModelReview(conversation.get(), subject, review).opinion();
    return new ReviewReport(review, subject, opinion).report(NAME, conversation.get()::keep);
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
   * The report of a review without a model. What a bare patch cannot show is a note; where
   * everything is there to be looked at, anything not looked at was not run.
   */
  public static Report report(FloorReview review, Subject subject) {
    return new ReviewReport(review, subject, new Opinion.Absent())
        .report(NAME, text -> Digest.of(text.getBytes(StandardCharsets.UTF_8)));
  }
}

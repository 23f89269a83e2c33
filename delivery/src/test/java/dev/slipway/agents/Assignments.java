package dev.slipway.agents;

import dev.slipway.change.Candidate;
import dev.slipway.change.ChangeId;
import dev.slipway.change.CommitId;
import dev.slipway.change.Digest;
import dev.slipway.change.Person;
import dev.slipway.change.PullRequest;
import dev.slipway.policy.Thresholds;
import dev.slipway.project.Budget;
import dev.slipway.project.Project;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Assignments of a change that concerns no service, for what does not look at any. */
public final class Assignments {
  private static final CommitId COMMIT = new CommitId("a".repeat(40));

  private Assignments() {}

  /** To watch. */
  public static Assignment watching(String title, Assignment.Watch watch) {
    return new Assignment(
        new PullRequest(
            new ChangeId("shop-1"),
            "/shop",
            "change",
            COMMIT,
            "main",
            title,
            "",
            Person.human("ada@example.com"),
            PullRequest.Origin.SAME_REPOSITORY),
        new Candidate(COMMIT, COMMIT, COMMIT),
        new Project(
            List.of(),
            Thresholds.DEFAULT,
            List.of(),
            List.of(),
            List.of(),
            Optional.empty(),
            Map.of(),
            Budget.DEFAULT,
            Digest.of(new byte[0])),
        Thresholds.DEFAULT,
        List.of(),
        Map.of(),
        Map.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(watch),
        Optional.empty());
  }
}

package dev.slipway.app.cli;

import dev.slipway.agents.testing.Generation;
import dev.slipway.agents.testing.TestCommit;
import dev.slipway.agents.testing.TestGaps;
import dev.slipway.app.coverage.ReportReader;
import dev.slipway.app.generation.Profiles;
import dev.slipway.app.localgit.LocalGit;
import dev.slipway.change.ChangeId;
import dev.slipway.change.CommitId;
import dev.slipway.change.Printable;
import dev.slipway.forge.Branches;
import dev.slipway.model.Conversation;
import dev.slipway.policy.Judgement;
import dev.slipway.policy.Policy;
import dev.slipway.policy.Thresholds;
import dev.slipway.project.Budget;
import dev.slipway.project.Project;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The search for gaps in what a change brings, and the commit of the tests that close them. */
final class GapSearch {
  private final LocalGit git;
  private final String repository;
  private final Project project;
  private final Thresholds limits;
  private final CommitId base;
  private final TestGaps gaps;

  /**
   * @param ceilings the server's limits
   * @param base the commit that the change started from
   */
  GapSearch(LocalGit git, String repository, Project project, Thresholds ceilings, CommitId base) {
    this.git = git;
    this.repository = repository;
    this.project = project;
    this.limits = ceilings.tightenedBy(project.limits());
    this.base = base;
    this.gaps = new TestGaps(git, new ReportReader(), Profiles.all());
  }

  /**
   * What became of the tests that hold.
   *
   * @param found the gaps at the commit, or those from before where there is none
   * @param commit by which the branch has them now
   * @param obstacle why it has not
   */
  record Outcome(TestGaps.Found found, Optional<CommitId> commit, Optional<String> obstacle) {
    static Outcome nothing(TestGaps.Found found) {
      return new Outcome(found, Optional.empty(), Optional.empty());
    }

    private static Outcome obstacle(TestGaps.Found found, String why) {
      return new Outcome(found, Optional.empty(), Optional.of(Printable.of(why)));
    }
  }

  /** The gaps at a commit of the change. */
  TestGaps.Found at(CommitId commit) {
    return gaps.find(
        repository, base, commit, project.concernedBy(git.diff(repository, base, commit)));
  }

  /** What the gate says of what was found at a commit. */
  Judgement judged(TestGaps.Found found, CommitId commit) {
    return new Policy(limits).judge(found.answer(), commit, List.of());
  }

  /** Has tests written within the project's budget. */
  Generation generated(
      TestGaps.Found found, CommitId head, Function<Budget, Conversation> conversations)
      throws InterruptedException {
    Budget budget = project.budget();
    return gaps.generate(
        repository, head, found, conversations.apply(budget), budget.attemptsMax());
  }

  /** Commits the tests to the branch, if they pass together with those that were there. */
  Outcome commit(String branch, CommitId head, TestGaps.Found found, Generation generation) {
    String transcript = generation.account().exchanges().getLast().transcript().toString();
    CommitId commit =
        git.propose(
            repository,
            head,
            TestCommit.of(
                new ChangeId(head.hex()),
                generation.kept(),
                Map.of("Slipway-Evidence", transcript)));
    TestGaps.Found now = at(commit);
    if (!now.testsPass()) {
      return Outcome.obstacle(
          found, "the tests fail together with those that were there: they are in " + commit);
    }
    return switch (git.moveBranch(repository, branch, head, commit)) {
      case Branches.Move.Moved ignored -> new Outcome(now, Optional.of(commit), Optional.empty());
      case Branches.Move.MovedElsewhere elsewhere ->
          Outcome.obstacle(
              found, branch + " has moved to " + elsewhere.actual() + " meanwhile" + take(commit));
      case Branches.Move.Refused refused ->
          Outcome.obstacle(found, refused.reason() + take(commit));
    };
  }

  private static String take(CommitId commit) {
    return "; take the tests with: git cherry-pick " + commit;
  }
}

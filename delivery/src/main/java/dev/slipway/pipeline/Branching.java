package dev.slipway.pipeline;

import dev.slipway.agents.testing.Sources;
import dev.slipway.change.CommitId;
import dev.slipway.change.FileChange;
import dev.slipway.change.Printable;
import dev.slipway.change.PullRequest;
import dev.slipway.forge.Branches;
import dev.slipway.policy.Reason;
import dev.slipway.workspace.Workspace;
import java.util.List;
import java.util.Optional;

/** Moves the branches of changes: their own, and their base. */
final class Branching {
  private final Branches branches;
  private final Workspace workspace;

  Branching(Branches branches, Workspace workspace) {
    this.branches = branches;
    this.workspace = workspace;
  }

  /** Moves the change's branch to the proposed tests, if they are all that this brings. */
  Result addTests(ChangeState state) {
    PullRequest pull = state.pull();
    CommitId tests = state.proposed().orElseThrow();
    for (FileChange file : workspace.diff(pull.repository(), pull.head(), tests).files()) {
      boolean isNew = file.kind() == FileChange.Kind.ADDED || file.kind() == FileChange.Kind.COPIED;
      if (!isNew || !Sources.isTest(file.path())) {
        return new Result.TestsNotAdded(
            "the commit " + tests.brief() + " changes " + Printable.of(file.path()));
      }
    }
    return switch (branches.moveBranch(pull.repository(), pull.headBranch(), pull.head(), tests)) {
      case Branches.Move.Moved ignored -> new Result.TestsAdded();
      case Branches.Move.MovedElsewhere elsewhere -> new Result.HeadMoved(elsewhere.actual());
      case Branches.Move.Refused refused ->
          new Result.TestsNotAdded(
              refused.reason()
                  + "; the tests wait in the commit "
                  + tests.brief()
                  + ": git cherry-pick it, or retry");
    };
  }

  Result merge(ChangeState state) {
    return switch (branches.moveBranch(
        state.pull().repository(),
        state.pull().baseBranch(),
        state.theCandidate().base(),
        state.theCandidate().commit())) {
      case Branches.Move.Moved ignored -> new Result.Merged();
      case Branches.Move.MovedElsewhere elsewhere -> new Result.BaseMoved(elsewhere.actual());
      case Branches.Move.Refused refused ->
          new Result.Hindered(
              List.of(new Reason("merge.refused", state.pull().baseBranch(), refused.reason())));
    };
  }

  /** Makes the branch that takes the change out of the base branch again. */
  Branches.Reverted revert(ChangeState state, Reversal reversal) {
    return branches.revert(
        state.pull().repository(),
        state.pull().baseBranch(),
        new Branches.Revert(state.theCandidate().commit(), reversal.branch(), reversal.message()));
  }

  /** Where the base branch stands, if not where the candidate was made from. */
  Optional<CommitId> baseMoved(ChangeState state) {
    return workspace
        .branch(state.pull().repository(), state.pull().baseBranch())
        .filter(at -> !at.equals(state.theCandidate().base()));
  }
}

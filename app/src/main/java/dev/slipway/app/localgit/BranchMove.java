package dev.slipway.app.localgit;

import dev.slipway.change.CommitId;
import dev.slipway.change.Printable;
import dev.slipway.forge.Branches.Move;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;

/**
 * Moves a branch by compare-and-set, and the working tree that has it checked out with it, by the
 * rules of git's {@code receive.denyCurrentBranch=updateInstead}: a clean tree follows, a tree with
 * changes of its own keeps the branch where it is.
 *
 * <p>The branch moves first, then the working tree. A process that dies in between leaves a tree
 * that still stands at {@code expected}; the same move again finds that and completes it.
 */
final class BranchMove {
  private static final int LOCK_ATTEMPTS_MAX = 5;

  private final Repository repository;
  private final String branch;

  BranchMove(Repository repository, String branch) {
    this.repository = repository;
    this.branch = branch;
  }

  Move move(CommitId expected, CommitId to) {
    try {
      Optional<CommitId> actual = LocalGit.branch(repository, branch);
      if (actual.isEmpty()) {
        return new Move.Refused("there is no branch " + Printable.of(branch));
      }
      if (!actual.get().equals(expected) && !actual.get().equals(to)) {
        return new Move.MovedElsewhere(actual.get());
      }
      try (WorkingTrees trees = WorkingTrees.of(repository, branch)) {
        return actual.get().equals(to) ? complete(trees, expected, to) : move(trees, expected, to);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot move the branch " + Printable.of(branch), e);
    }
  }

  private Move move(WorkingTrees trees, CommitId expected, CommitId to) throws IOException {
    Optional<String> obstacle = trees.obstacle(expected, to);
    if (obstacle.isPresent()) {
      return new Move.Refused(obstacle.get());
    }
    Move move = compareAndSet(expected, to);
    if (move instanceof Move.Moved) {
      trees.follow(expected, to);
    }
    return move;
  }

  private static Move complete(WorkingTrees trees, CommitId expected, CommitId to)
      throws IOException {
    if (trees.obstacle(expected, to).isEmpty()) {
      trees.follow(expected, to);
    }
    return new Move.Moved();
  }

  private Move compareAndSet(CommitId expected, CommitId to) throws IOException {
    RefUpdate.Result result = RefUpdate.Result.NOT_ATTEMPTED;
    for (int attempt = 0; attempt < LOCK_ATTEMPTS_MAX; attempt++) {
      RefUpdate update = repository.updateRef("refs/heads/" + branch);
      update.setExpectedOldObjectId(ObjectId.fromString(expected.hex()));
      update.setNewObjectId(target(to));
      update.setRefLogMessage("slipway: moved to " + to.brief(), false);
      result = update.forceUpdate();
      switch (result) {
        case NEW, FORCED, FAST_FORWARD, NO_CHANGE -> {
          return new Move.Moved();
        }
        default -> {}
      }
      Optional<CommitId> actual = LocalGit.branch(repository, branch);
      if (actual.isEmpty()) {
        return new Move.Refused("the branch " + Printable.of(branch) + " was deleted");
      }
      if (actual.get().equals(to)) {
        return new Move.Moved();
      }
      if (!actual.get().equals(expected)) {
        return new Move.MovedElsewhere(actual.get());
      }
      Thread.onSpinWait();
    }
    return new Move.Refused(
        "the branch is locked (" + result + "); remove a stale .lock file beside it and try again");
  }

  private ObjectId target(CommitId to) throws IOException {
    try (RevWalk walk = new RevWalk(repository)) {
      return LocalGit.commit(walk, to).getId();
    }
  }
}

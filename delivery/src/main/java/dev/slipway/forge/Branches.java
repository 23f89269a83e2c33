package dev.slipway.forge;

import dev.slipway.change.CommitId;
import java.util.List;

/** Moves and makes branches of a repository: how a candidate becomes what main says. */
public interface Branches {
  /**
   * Moves the branch from {@code expected} to {@code to}, or not at all. Doing it again after it
   * succeeded succeeds. A working tree that has the branch checked out follows it.
   */
  Move moveBranch(String repository, String branch, CommitId expected, CommitId to);

  /**
   * Makes a branch whose one commit on top of the base branch takes out again what a merge commit
   * brought. A branch of that name that is there already is left as it is, and counts as made.
   */
  Reverted revert(String repository, String baseBranch, Revert revert);

  /**
   * Something to be taken out of a base branch.
   *
   * @param merge the merge commit whose change goes, back to its first parent
   * @param branch the branch to make
   * @param message the commit's
   */
  record Revert(CommitId merge, String branch, String message) {}

  /** What an attempt to revert gave. */
  sealed interface Reverted {
    /** The branch is there and stands at this commit. */
    record Ready(CommitId head) implements Reverted {}

    /** What came after it is in the way, in these files: a person has to do it. */
    record Conflict(List<String> files) implements Reverted {
      public Conflict {
        files = List.copyOf(files);
      }
    }

    /** Nothing of it is in the base branch. */
    record Nothing() implements Reverted {}
  }

  /** What an attempt to move a branch gave. */
  sealed interface Move {
    /** The branch stands at the commit that was asked for. */
    record Moved() implements Move {}

    /** Somebody else moved it; nothing was changed. */
    record MovedElsewhere(CommitId actual) implements Move {}

    /** It may not be moved now; nothing was changed. The reason says what to do. */
    record Refused(String reason) implements Move {}
  }
}

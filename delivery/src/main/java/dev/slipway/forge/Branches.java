package dev.slipway.forge;

import dev.slipway.change.CommitId;

/** Moves the branches of a repository: how a candidate becomes what main says. */
public interface Branches {
  /**
   * Moves the branch from {@code expected} to {@code to}, or not at all. Doing it again after it
   * succeeded succeeds. A working tree that has the branch checked out follows it.
   */
  Move moveBranch(String repository, String branch, CommitId expected, CommitId to);

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

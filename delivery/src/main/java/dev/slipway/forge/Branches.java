package dev.slipway.forge;

import dev.slipway.change.CommitId;

/** Moves branches, by comparing with what is expected. */
public interface Branches {
  /** Moves the branch from {@code expected} to {@code to}; done already is done. */
  Move move(String repository, String branch, CommitId expected, CommitId to);

  /** How the attempt ended. */
  sealed interface Move {
    /** The branch stands at the new commit. */
    record Moved() implements Move {}

    /** Somebody moved it first; nothing was changed. */
    record MovedElsewhere(CommitId actual) implements Move {}

    /**
     * It may not be moved now, such as a checked-out tree with uncommitted work; nothing was
     * changed.
     */
    record Refused(String reason) implements Move {}
  }
}

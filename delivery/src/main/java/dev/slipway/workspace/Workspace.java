package dev.slipway.workspace;

import dev.slipway.change.Candidate;
import dev.slipway.change.CommitId;
import dev.slipway.change.Diff;
import dev.slipway.change.PullRequest;
import dev.slipway.change.SourceTree;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A repository as the pipeline uses it. Everything read from it is untrusted data. */
public interface Workspace {
  /**
   * Merges the pull request's head into the newest base, in a private ref that outlives this
   * process. Doing it again with the same head and base gives the same commit.
   */
  Merge merge(PullRequest pull);

  /** What a merge attempt gave. */
  sealed interface Merge {
    record Merged(Candidate candidate) implements Merge {}

    /** The head does not merge into the base; these files conflict. */
    record Conflict(CommitId base, List<String> files) implements Merge {}

    /** The head branch no longer stands at the commit that was asked for. */
    record HeadMoved(CommitId actual) implements Merge {}
  }

  /** The commit a branch stands at now; empty if there is no such branch. */
  Optional<CommitId> branch(String repository, String branch);

  /** What the candidate changes against its base. */
  Diff diff(String repository, CommitId base, CommitId candidate);

  /** The files of a commit. */
  SourceTree tree(String repository, CommitId commit);

  /** What history knows of a path before a commit: for change risk. */
  History history(String repository, CommitId before);

  /**
   * A fresh directory with exactly the files of the commit; hooks, filters and submodules of the
   * repository are not run.
   */
  Checkout checkout(String repository, CommitId commit);

  /** A directory of its own with the files of a commit, in which commands run in the sandbox. */
  interface Checkout extends AutoCloseable {
    Path directory();

    /**
     * Runs the command to its end or its limit; a command that fails is a result, not an exception.
     */
    Execution run(SandboxedCommand command);

    /** Ends every process that still runs in it and deletes the directory. */
    @Override
    void close();
  }
}

package dev.slipway.workspace;

import dev.slipway.change.Candidate;
import dev.slipway.change.ChangeId;
import dev.slipway.change.CommitId;
import dev.slipway.change.Diff;
import dev.slipway.change.PullRequest;
import dev.slipway.change.SourceTree;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A repository as the pipeline uses it. Everything read from it is untrusted data.
 *
 * <p>A repository that cannot be read at all is a fault: {@link java.io.UncheckedIOException}.
 */
public interface Workspace {
  /**
   * Merges the pull request's head into the newest base, in a private ref that outlives this
   * process. The candidate is always a commit of its own with two parents, base first; doing it
   * again with the same head and base gives the same commit.
   */
  Merge merge(PullRequest pull);

  /** What a merge attempt gave. */
  sealed interface Merge {
    record Merged(Candidate candidate) implements Merge {}

    /** The head does not merge into the base; these files conflict, at least one. */
    record Conflict(CommitId base, List<String> files) implements Merge {
      public Conflict {
        files = List.copyOf(files);
      }
    }

    /** The head branch no longer stands at the commit that was asked for. */
    record HeadMoved(CommitId actual) implements Merge {}

    /** The base already contains the head: there is no change. */
    record NothingToMerge(CommitId base) implements Merge {}

    /** There is no such branch, of head or base. */
    record NoBranch(String branch) implements Merge {}

    /**
     * The merged files cannot be laid out safely: a path or link that leads outside. The reason
     * names the path and the mend.
     */
    record Unsafe(CommitId base, String reason) implements Merge {}
  }

  /**
   * Writes a commit that adds these files to a head and does nothing else; no branch is moved. It
   * stays in a private ref of the change until the next one is proposed. The same proposal gives
   * the same commit.
   *
   * @throws IllegalArgumentException if one of the files is there already, or is no safe path
   */
  CommitId propose(String repository, CommitId head, Proposal proposal);

  /**
   * New files for a change.
   *
   * @param files content by path
   * @param message the commit's
   */
  record Proposal(ChangeId change, Map<String, String> files, String message) {
    public Proposal {
      files = Collections.unmodifiableMap(new TreeMap<>(files));
      if (files.isEmpty()) {
        throw new IllegalArgumentException("a proposal has files");
      }
    }
  }

  /** The commit a branch stands at now; empty if there is no such branch. */
  Optional<CommitId> branch(String repository, String branch);

  /** What the candidate changes against its base. */
  Diff diff(String repository, CommitId base, CommitId candidate);

  /** The files of a commit. */
  SourceTree tree(String repository, CommitId commit);

  /** The history that ends with this commit, such as a candidate's base: for change risk. */
  History history(String repository, CommitId last);

  /**
   * A fresh directory with exactly the files of the commit, byte for byte; hooks, filters and
   * submodules of the repository are not run.
   *
   * @throws UnsafeTreeException if a path or link in it leads outside the directory
   */
  Checkout checkout(String repository, CommitId commit);

  /** A directory of its own with the files of a commit, in which commands run in the sandbox. */
  interface Checkout extends AutoCloseable {
    Path directory();

    /** The path under which commands see {@link #directory()}: reports name files by it. */
    Path seenAs();

    /**
     * Runs the command to its end or its limit; a command that fails is a result, not an exception.
     */
    Execution run(SandboxedCommand command);

    /** Ends every process that still runs in it and deletes the directory. */
    @Override
    void close();
  }

  /** A tree that cannot be laid out without writing or pointing outside its directory. */
  final class UnsafeTreeException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    public UnsafeTreeException(String message) {
      super(message);
    }
  }
}

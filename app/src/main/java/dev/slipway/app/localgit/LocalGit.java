package dev.slipway.app.localgit;

import dev.slipway.change.CommitId;
import dev.slipway.change.Diff;
import dev.slipway.change.PullRequest;
import dev.slipway.change.SourceTree;
import dev.slipway.forge.Branches;
import dev.slipway.workspace.History;
import dev.slipway.workspace.Sandbox;
import dev.slipway.workspace.Workspace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;

/**
 * Local git repositories as workspace and as branches. A repository is named by the path of its
 * working tree or of its bare directory.
 */
public final class LocalGit implements Workspace, Branches, AutoCloseable {
  private final Repositories repositories = new Repositories();
  private final Map<Repository, TouchedPaths> touched = new ConcurrentHashMap<>();
  private final Path checkouts;
  private final Sandbox sandbox;

  /**
   * @param checkouts where fresh checkouts are laid out; made if it does not exist
   * @param sandbox what runs the commands of checkouts
   */
  public LocalGit(Path checkouts, Sandbox sandbox) {
    this.checkouts = checkouts;
    this.sandbox = sandbox;
  }

  @Override
  public Merge merge(PullRequest pull) {
    return new CandidateMerge(repositories.at(pull.repository())).merge(pull);
  }

  @Override
  public CommitId propose(String repository, CommitId head, Proposal proposal) {
    return new ProposedCommit(repositories.at(repository)).write(head, proposal);
  }

  @Override
  public Optional<CommitId> branch(String repository, String branch) {
    return branch(repositories.at(repository), branch);
  }

  static Optional<CommitId> branch(Repository repository, String branch) {
    String name = "refs/heads/" + branch;
    if (!Repository.isValidRefName(name)) {
      return Optional.empty();
    }
    try {
      return Optional.ofNullable(repository.getRefDatabase().exactRef(name))
          .map(Ref::getObjectId)
          .map(id -> new CommitId(id.name()));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the branches of " + repository, e);
    }
  }

  @Override
  public Diff diff(String repository, CommitId base, CommitId candidate) {
    return new TreeDiff(repositories.at(repository)).between(base, candidate);
  }

  @Override
  public SourceTree tree(String repository, CommitId commit) {
    return GitTree.of(repositories.at(repository), commit);
  }

  @Override
  public History history(String repository, CommitId last) {
    Repository at = repositories.at(repository);
    return new GitHistory(at, last, touched.computeIfAbsent(at, TouchedPaths::new));
  }

  @Override
  public Checkout checkout(String repository, CommitId commit) {
    return GitCheckout.make(repositories.at(repository), commit, checkouts, sandbox);
  }

  @Override
  public Move moveBranch(String repository, String branch, CommitId expected, CommitId to) {
    return new BranchMove(repositories.at(repository), branch).move(expected, to);
  }

  @Override
  public Reverted revert(String repository, String baseBranch, Revert revert) {
    return new RevertBranch(repositories.at(repository)).make(baseBranch, revert);
  }

  static RevCommit commit(RevWalk walk, CommitId id) throws IOException {
    try {
      return walk.parseCommit(ObjectId.fromString(id.hex()));
    } catch (MissingObjectException e) {
      throw new IOException("the repository has no commit " + id, e);
    }
  }

  @Override
  public void close() {
    repositories.close();
  }
}

package dev.slipway.app.audit;

import dev.slipway.change.CommitId;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;

/** The commits that a base branch went through. */
final class BranchCommits {
  private static final int COMMITS_MAX = 100_000;

  private BranchCommits() {}

  /**
   * The branch's own commits after {@code first}, newest first: along first parents, so that what a
   * merge brought with it is not counted. All of them if the branch never was at {@code first}.
   */
  static List<CommitId> since(Reconciliation.Branch branch, CommitId first) {
    Path directory = Path.of(branch.repository());
    try (Repository repository =
            new FileRepositoryBuilder()
                .setMustExist(true)
                .setGitDir(gitDirectory(directory))
                .build();
        RevWalk walk = new RevWalk(repository)) {
      List<CommitId> commits = new ArrayList<>();
      ObjectId tip = repository.resolve(Constants.R_HEADS + branch.name());
      while (tip != null && !tip.name().equals(first.hex())) {
        if (commits.size() == COMMITS_MAX) {
          throw new IllegalStateException(
              branch.name() + " has more than " + COMMITS_MAX + " commits since " + first);
        }
        commits.add(new CommitId(tip.name()));
        RevCommit commit = walk.parseCommit(tip);
        tip = commit.getParentCount() == 0 ? null : commit.getParent(0);
      }
      return commits;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + branch.repository(), e);
    }
  }

  private static File gitDirectory(Path directory) {
    Path dotGit = directory.resolve(".git");
    return (Files.isDirectory(dotGit) ? dotGit : directory).toFile();
  }
}

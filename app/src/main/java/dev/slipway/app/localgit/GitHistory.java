package dev.slipway.app.localgit;

import dev.slipway.change.CommitId;
import dev.slipway.workspace.History;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevSort;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.revwalk.filter.RevFilter;

/** The last {@value #COMMITS_MAX} commits up to one commit; merges are not touches of their own. */
final class GitHistory implements History {
  private static final int COMMITS_MAX = 5_000;

  private final TouchedPaths touched;
  private final List<RevCommit> commits;

  GitHistory(Repository repository, CommitId last, TouchedPaths touched) {
    this.touched = touched;
    this.commits = commits(repository, last);
  }

  private static List<RevCommit> commits(Repository repository, CommitId last) {
    List<RevCommit> commits = new ArrayList<>();
    try (RevWalk walk = new RevWalk(repository)) {
      walk.markStart(LocalGit.commit(walk, last));
      walk.setRevFilter(RevFilter.NO_MERGES);
      walk.sort(RevSort.COMMIT_TIME_DESC);
      for (RevCommit commit = walk.next();
          commit != null && commits.size() < COMMITS_MAX;
          commit = walk.next()) {
        commits.add(commit);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the history of commit " + last, e);
    }
    return commits;
  }

  @Override
  public List<Touch> touches(String path, int limit) {
    List<Touch> touches = new ArrayList<>();
    for (RevCommit commit : commits) {
      if (touches.size() >= limit) {
        break;
      }
      touched.touch(commit, path).ifPresent(touches::add);
    }
    return touches;
  }
}

package dev.slipway.app.localgit;

import dev.slipway.change.CommitId;
import dev.slipway.workspace.History;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jgit.revwalk.RevCommit;

/** The last {@value #COMMITS_MAX} commits up to one commit; merges are not touches of their own. */
final class GitHistory implements History {
  private static final int COMMITS_MAX = 5_000;

  private final TouchedPaths touched;
  private final List<RevCommit> commits;

  GitHistory(CommitId last, TouchedPaths touched) {
    this.touched = touched;
    try {
      this.commits = touched.upTo(last, COMMITS_MAX);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the history of commit " + last, e);
    }
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

package dev.slipway.app.localgit;

import dev.slipway.change.CommitId;
import dev.slipway.workspace.History.Touch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevSort;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.revwalk.filter.RevFilter;
import org.eclipse.jgit.treewalk.EmptyTreeIterator;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.TreeFilter;

/**
 * Which paths each commit of a repository changed against its first parent. Commits do not change,
 * so each is compared once, however many histories it is part of.
 */
final class TouchedPaths implements AutoCloseable {
  private static final int COMMITS_KEPT_MAX = 50_000;

  /** Commits that one walk may go over before the commits it keeps are given up. */
  private static final long WALKED_MAX = 20_000_000;

  /** A commit that touches more is a mass edit: it says nothing about any one of its files. */
  private static final int PATHS_MAX = 1_000;

  private final Repository repository;
  private final Map<ObjectId, Set<String>> byCommit = new ConcurrentHashMap<>();
  private RevWalk walk;
  private long walked;

  TouchedPaths(Repository repository) {
    this.repository = repository;
    this.walk = new RevWalk(repository);
  }

  /**
   * The commits up to this one, newest first, without merges, at most {@code max}. What was parsed
   * for one history is not parsed again for the next.
   */
  synchronized List<RevCommit> upTo(CommitId last, int max) throws IOException {
    if (walked > WALKED_MAX) {
      walk.close();
      walk = new RevWalk(repository);
      walked = 0;
    }
    walk.reset();
    walk.setRevFilter(RevFilter.NO_MERGES);
    walk.sort(RevSort.COMMIT_TIME_DESC);
    walk.markStart(LocalGit.commit(walk, last));
    List<RevCommit> commits = new ArrayList<>();
    for (RevCommit commit = walk.next();
        commit != null && commits.size() < max;
        commit = walk.next()) {
      commits.add(commit);
    }
    walked += commits.size();
    return commits;
  }

  /** The commit's touch of the path; empty if it did not touch it. */
  Optional<Touch> touch(RevCommit commit, String path) {
    try {
      Set<String> paths = byCommit.get(commit);
      if (paths == null) {
        paths = compare(commit);
        if (byCommit.size() >= COMMITS_KEPT_MAX) {
          byCommit.clear();
        }
        byCommit.put(commit.copy(), paths);
      }
      return paths.contains(path) ? Optional.of(touch(commit)) : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot compare commit " + commit.name(), e);
    }
  }

  private static Touch touch(RevCommit commit) {
    PersonIdent author = commit.getAuthorIdent();
    return new Touch(commit.name(), author.getEmailAddress(), author.getWhenAsInstant());
  }

  private Set<String> compare(RevCommit commit) throws IOException {
    Set<String> paths = new HashSet<>();
    try (ObjectReader reader = repository.newObjectReader();
        RevWalk commits = new RevWalk(reader);
        TreeWalk trees = new TreeWalk(reader)) {
      if (commit.getParentCount() == 0) {
        trees.addTree(new EmptyTreeIterator());
      } else {
        trees.addTree(commits.parseCommit(commit.getParent(0)).getTree());
      }
      trees.addTree(commits.parseCommit(commit).getTree());
      trees.setRecursive(true);
      trees.setFilter(TreeFilter.ANY_DIFF);
      while (trees.next()) {
        if (paths.size() == PATHS_MAX) {
          return Set.of();
        }
        paths.add(trees.getPathString());
      }
    } catch (MissingObjectException e) {
      return Set.of(); // the edge of a shallow clone: its parent's files are not here
    }
    return paths;
  }

  @Override
  public synchronized void close() {
    walk.close();
  }
}

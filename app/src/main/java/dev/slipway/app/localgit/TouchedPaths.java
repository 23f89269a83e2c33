package dev.slipway.app.localgit;

import dev.slipway.workspace.History.Touch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jgit.diff.Edit;
import org.eclipse.jgit.diff.EditList;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.EmptyTreeIterator;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.TreeFilter;

/**
 * Which paths each commit of a repository changed against its first parent. Commits do not change,
 * so each is compared once, however many histories it is part of.
 */
final class TouchedPaths {
  private static final int COMMITS_KEPT_MAX = 50_000;
  private static final int COUNTS_KEPT_MAX = 200_000;

  /** A commit that touches more is a mass edit: it says nothing about any one of its files. */
  private static final int PATHS_MAX = 1_000;

  /** Larger files are touched with zero lines: counting them costs more than it tells. */
  private static final int COUNTED_BYTES_MAX = 1 << 20;

  private record Blobs(ObjectId before, ObjectId after) {}

  private record Lines(int added, int deleted) {}

  private final Repository repository;
  private final Map<ObjectId, Map<String, Blobs>> byCommit = new ConcurrentHashMap<>();
  private final Map<Blobs, Lines> counts = new ConcurrentHashMap<>();

  TouchedPaths(Repository repository) {
    this.repository = repository;
  }

  /** The commit's touch of the path; empty if it did not touch it. */
  Optional<Touch> touch(RevCommit commit, String path) {
    try {
      Map<String, Blobs> paths = byCommit.get(commit);
      if (paths == null) {
        paths = compare(commit);
        remember(byCommit, COMMITS_KEPT_MAX, commit.copy(), paths);
      }
      Blobs blobs = paths.get(path);
      return blobs == null ? Optional.empty() : Optional.of(touch(commit, count(blobs)));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot compare commit " + commit.name(), e);
    }
  }

  private static Touch touch(RevCommit commit, Lines lines) {
    PersonIdent author = commit.getAuthorIdent();
    return new Touch(
        commit.name(),
        author.getEmailAddress(),
        author.getWhenAsInstant(),
        lines.added(),
        lines.deleted());
  }

  private static <K, V> void remember(Map<K, V> kept, int max, K key, V value) {
    if (kept.size() >= max) {
      kept.clear();
    }
    kept.put(key, value);
  }

  private Map<String, Blobs> compare(RevCommit commit) throws IOException {
    Map<String, Blobs> paths = new HashMap<>();
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
          return Map.of();
        }
        paths.put(trees.getPathString(), new Blobs(trees.getObjectId(0), trees.getObjectId(1)));
      }
    } catch (MissingObjectException e) {
      return Map.of(); // the edge of a shallow clone: its parent's files are not here
    }
    return paths;
  }

  private Lines count(Blobs blobs) throws IOException {
    Lines known = counts.get(blobs);
    if (known != null) {
      return known;
    }
    Lines lines;
    try (ObjectReader reader = repository.newObjectReader()) {
      byte[] before = content(reader, blobs.before());
      byte[] after = content(reader, blobs.after());
      lines =
          LineDiff.isBinary(before) || LineDiff.isBinary(after)
              ? new Lines(0, 0)
              : lines(LineDiff.edits(before, after));
    }
    remember(counts, COUNTS_KEPT_MAX, blobs, lines);
    return lines;
  }

  private static byte[] content(ObjectReader reader, ObjectId id) throws IOException {
    if (id.equals(ObjectId.zeroId()) || !reader.has(id, Constants.OBJ_BLOB)) {
      return new byte[0]; // absent on this side, or a submodule
    }
    ObjectLoader loader = reader.open(id, Constants.OBJ_BLOB);
    return loader.getSize() > COUNTED_BYTES_MAX
        ? new byte[0]
        : loader.getCachedBytes(COUNTED_BYTES_MAX);
  }

  private static Lines lines(EditList edits) {
    int added = 0;
    int deleted = 0;
    for (Edit edit : edits) {
      added += edit.getLengthB();
      deleted += edit.getLengthA();
    }
    return new Lines(added, deleted);
  }
}

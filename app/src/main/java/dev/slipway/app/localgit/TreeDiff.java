package dev.slipway.app.localgit;

import dev.slipway.change.CommitId;
import dev.slipway.change.Diff;
import dev.slipway.change.FileChange;
import dev.slipway.change.FileChange.Content;
import dev.slipway.change.FileChange.Hunk;
import dev.slipway.change.FileChange.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.eclipse.jgit.diff.DiffConfig;
import org.eclipse.jgit.diff.DiffEntry;
import org.eclipse.jgit.diff.DiffEntry.ChangeType;
import org.eclipse.jgit.diff.RenameDetector;
import org.eclipse.jgit.lib.AbbreviatedObjectId;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.TreeFilter;

/**
 * The difference of two commits' trees, bounded. What a bound leaves out is said in the diff's
 * completeness, file and bound by name; it is never just missing.
 */
final class TreeDiff {
  private static final int FILES_MAX = 3_000;
  private static final int TEXT_BYTES_MAX = 20 << 20;
  private static final int FILE_BYTES_MAX = 10 << 20;
  private static final int RENAME_CANDIDATES_MAX = 400;
  private static final int RENAME_SCORE = 50;

  private final Repository repository;
  private final Set<String> omissions = new LinkedHashSet<>();
  private long textBytesLeft = TEXT_BYTES_MAX;

  TreeDiff(Repository repository) {
    this.repository = repository;
  }

  Diff between(CommitId base, CommitId candidate) {
    try (ObjectReader reader = repository.newObjectReader()) {
      List<FileChange> files = new ArrayList<>();
      for (DiffEntry entry : entries(reader, base, candidate)) {
        if (files.size() == FILES_MAX) {
          omissions.add("more than " + FILES_MAX + " files differ");
          break;
        }
        files.add(change(reader, entry));
      }
      return omissions.isEmpty()
          ? Diff.complete(files)
          : new Diff(files, new Diff.Completeness.Truncated(String.join("; ", omissions)));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot compare " + base + " with " + candidate, e);
    }
  }

  private List<DiffEntry> entries(ObjectReader reader, CommitId base, CommitId candidate)
      throws IOException {
    try (RevWalk commits = new RevWalk(reader);
        TreeWalk trees = new TreeWalk(reader)) {
      trees.addTree(LocalGit.commit(commits, base).getTree());
      trees.addTree(LocalGit.commit(commits, candidate).getTree());
      trees.setRecursive(true);
      trees.setFilter(TreeFilter.ANY_DIFF);
      RenameDetector renames = new RenameDetector(reader, new Config().get(DiffConfig.KEY));
      renames.setRenameScore(RENAME_SCORE);
      renames.setRenameLimit(RENAME_CANDIDATES_MAX);
      renames.setBigFileThreshold(FILE_BYTES_MAX);
      renames.addAll(DiffEntry.scan(trees));
      return renames.compute();
    }
  }

  private FileChange change(ObjectReader reader, DiffEntry entry) throws IOException {
    boolean added = entry.getChangeType() == ChangeType.ADD;
    boolean deleted = entry.getChangeType() == ChangeType.DELETE;
    String oldPath = added ? entry.getNewPath() : entry.getOldPath();
    String path = deleted ? entry.getOldPath() : entry.getNewPath();
    Side before = read(reader, entry.getOldMode(), entry.getOldId(), oldPath);
    Side after = read(reader, entry.getNewMode(), entry.getNewId(), path);
    boolean text = before.isText && after.isText;
    List<Hunk> hunks = text ? LineDiff.hunks(before.content, after.content) : List.of();
    return new FileChange(
        kind(entry.getChangeType()),
        oldPath,
        path,
        entry.getOldMode().getBits(),
        entry.getNewMode().getBits(),
        text ? Content.TEXT : Content.BINARY,
        hunks);
  }

  private static Kind kind(ChangeType type) {
    return switch (type) {
      case ADD -> Kind.ADDED;
      case MODIFY -> Kind.MODIFIED;
      case DELETE -> Kind.DELETED;
      case RENAME -> Kind.RENAMED;
      case COPY -> Kind.COPIED;
    };
  }

  /** One side of a file; a side that was left out counts as binary, and the diff says so. */
  private static final class Side {
    private final byte[] content;
    private final boolean isText;

    Side(byte[] content, boolean isText) {
      this.content = content;
      this.isText = isText;
    }
  }

  private Side read(ObjectReader reader, FileMode mode, AbbreviatedObjectId id, String path)
      throws IOException {
    if (FileMode.MISSING.equals(mode)) {
      return new Side(new byte[0], true);
    }
    if (FileMode.GITLINK.equals(mode)) {
      return new Side(Constants.encode("Subproject commit " + id.name() + "\n"), true);
    }
    ObjectLoader loader = reader.open(id.toObjectId(), Constants.OBJ_BLOB);
    if (loader.getSize() > FILE_BYTES_MAX) {
      return leftOut(path + " is larger than " + FILE_BYTES_MAX + " bytes", loader);
    }
    byte[] content = loader.getCachedBytes(FILE_BYTES_MAX);
    if (LineDiff.isBinary(content)) {
      return new Side(content, false);
    }
    if (content.length > textBytesLeft) {
      return leftOut(
          "the changed files hold more than " + TEXT_BYTES_MAX + " bytes of text", loader);
    }
    textBytesLeft -= content.length;
    return new Side(content, true);
  }

  /** A file that is too large to read is left out of the text, unless it is binary anyway. */
  private Side leftOut(String omission, ObjectLoader loader) throws IOException {
    try (var stream = loader.openStream()) {
      if (!LineDiff.isBinary(stream.readNBytes(LineDiff.BINARY_PROBE_BYTES))) {
        omissions.add(omission);
      }
    }
    return new Side(new byte[0], false);
  }
}

package dev.slipway.app.localgit;

import dev.slipway.change.CommitId;
import dev.slipway.change.SourceTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;

/** The regular files of one commit, read from the object database when asked for. */
final class GitTree implements SourceTree {
  private static final int FILE_BYTES_MAX = 64 << 20;

  private final Repository repository;
  private final SortedMap<String, ObjectId> blobs;

  private GitTree(Repository repository, SortedMap<String, ObjectId> blobs) {
    this.repository = repository;
    this.blobs = blobs;
  }

  static GitTree of(Repository repository, CommitId commit) {
    SortedMap<String, ObjectId> blobs = new TreeMap<>();
    try (RevWalk walk = new RevWalk(repository);
        TreeWalk files = new TreeWalk(repository)) {
      files.addTree(LocalGit.commit(walk, commit).getTree());
      files.setRecursive(true);
      while (files.next()) {
        if (FileMode.REGULAR_FILE.equals(files.getRawMode(0))
            || FileMode.EXECUTABLE_FILE.equals(files.getRawMode(0))) {
          blobs.put(files.getPathString(), files.getObjectId(0));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the files of commit " + commit, e);
    }
    return new GitTree(repository, blobs);
  }

  @Override
  public Optional<byte[]> read(String path) {
    ObjectId blob = blobs.get(path);
    if (blob == null) {
      return Optional.empty();
    }
    try (ObjectReader reader = repository.newObjectReader()) {
      ObjectLoader loader = reader.open(blob, Constants.OBJ_BLOB);
      if (loader.getSize() > FILE_BYTES_MAX) {
        throw new IOException(path + " is larger than " + FILE_BYTES_MAX + " bytes");
      }
      return Optional.of(loader.getBytes(FILE_BYTES_MAX));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + path, e);
    }
  }

  @Override
  public List<String> paths() {
    return List.copyOf(blobs.keySet());
  }
}

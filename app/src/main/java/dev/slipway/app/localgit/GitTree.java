package dev.slipway.app.localgit;

import dev.slipway.change.CommitId;
import dev.slipway.change.SourceTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;

/**
 * The regular files of one commit, read from the object database when asked for: to read one file
 * of a large repository costs its folders, not the whole tree.
 */
final class GitTree implements SourceTree {
  private static final int FILE_BYTES_MAX = 64 << 20;

  private final Repository repository;
  private final ObjectId tree;

  private GitTree(Repository repository, ObjectId tree) {
    this.repository = repository;
    this.tree = tree;
  }

  static GitTree of(Repository repository, CommitId commit) {
    try (RevWalk walk = new RevWalk(repository)) {
      return new GitTree(repository, LocalGit.commit(walk, commit).getTree().getId());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the files of commit " + commit, e);
    }
  }

  @Override
  public Optional<byte[]> read(String path) {
    if (path.isEmpty() || path.startsWith("/") || path.endsWith("/")) {
      return Optional.empty();
    }
    try (ObjectReader reader = repository.newObjectReader();
        TreeWalk at = TreeWalk.forPath(reader, path, tree)) {
      if (at == null || !isRegular(at)) {
        return Optional.empty();
      }
      ObjectLoader loader = reader.open(at.getObjectId(0), Constants.OBJ_BLOB);
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
    List<String> paths = new ArrayList<>();
    try (TreeWalk files = new TreeWalk(repository)) {
      files.addTree(tree);
      files.setRecursive(true);
      while (files.next()) {
        if (isRegular(files)) {
          paths.add(files.getPathString());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the files of a commit", e);
    }
    paths.sort(null);
    return List.copyOf(paths);
  }

  private static boolean isRegular(TreeWalk at) {
    return FileMode.REGULAR_FILE.equals(at.getRawMode(0))
        || FileMode.EXECUTABLE_FILE.equals(at.getRawMode(0));
  }
}

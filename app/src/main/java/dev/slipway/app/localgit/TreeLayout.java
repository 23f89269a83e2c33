package dev.slipway.app.localgit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.change.Printable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;

/**
 * Lays the files of a commit out in a directory: the bytes as committed, no attributes looked at,
 * so nothing that a repository names is run. Nothing is written unless {@link #hazard} is empty.
 */
final class TreeLayout {
  private static final int FILES_MAX = 500_000;
  private static final long BYTES_MAX = 8L << 30;
  private static final int LINK_BYTES_MAX = 4096;

  /** A file, link or submodule of the tree; a link with its target, others with an empty one. */
  record Entry(String path, FileMode mode, ObjectId id, String target) {
    boolean isLink() {
      return FileMode.SYMLINK.equals(mode);
    }
  }

  private final Repository repository;
  private final List<Entry> entries;
  private final Optional<String> hazard;

  private TreeLayout(Repository repository, List<Entry> entries, Optional<String> hazard) {
    this.repository = repository;
    this.entries = entries;
    this.hazard = hazard;
  }

  static TreeLayout of(Repository repository, ObjectId commit) throws IOException {
    List<Entry> entries = new ArrayList<>();
    try (RevWalk walk = new RevWalk(repository);
        TreeWalk files = new TreeWalk(repository)) {
      ObjectReader reader = files.getObjectReader();
      files.addTree(walk.parseCommit(commit).getTree());
      files.setRecursive(true);
      while (files.next()) {
        if (entries.size() == FILES_MAX) {
          return unsafe(repository, "the commit has more than " + FILES_MAX + " files");
        }
        String path = UTF_8.decode(java.nio.ByteBuffer.wrap(files.getRawPath())).toString();
        Optional<String> broken = PathSafety.hazard(files.getRawPath());
        if (broken.isPresent()) {
          return unsafe(repository, broken.get());
        }
        FileMode mode = files.getFileMode(0);
        ObjectId id = files.getObjectId(0);
        entries.add(
            new Entry(path, mode, id, FileMode.SYMLINK.equals(mode) ? target(reader, id) : ""));
      }
    }
    return new TreeLayout(repository, entries, PathSafety.hazard(entries));
  }

  private static TreeLayout unsafe(Repository repository, String hazard) {
    return new TreeLayout(repository, List.of(), Optional.of(hazard));
  }

  private static String target(ObjectReader reader, ObjectId link) throws IOException {
    byte[] target = reader.open(link, Constants.OBJ_BLOB).getCachedBytes(LINK_BYTES_MAX);
    return new String(target, UTF_8);
  }

  /** Why these files cannot be laid out safely, with the mend; empty if they can. */
  Optional<String> hazard() {
    return hazard;
  }

  /**
   * Writes everything into the empty directory. Links come last, so that no file is written through
   * one.
   */
  void write(Path directory) throws IOException {
    if (hazard.isPresent()) {
      throw new IllegalStateException("not laid out: " + hazard.get());
    }
    try (ObjectReader reader = repository.newObjectReader()) {
      long bytes = 0;
      for (Entry entry : entries) {
        if (!entry.isLink()) {
          bytes += write(reader, entry, resolve(directory, entry.path()), BYTES_MAX - bytes);
        }
      }
    }
    for (Entry entry : entries) {
      if (entry.isLink()) {
        Path link = resolve(directory, entry.path());
        Files.createDirectories(parent(link));
        Files.createSymbolicLink(link, Path.of(entry.target()));
      }
    }
  }

  private static long write(ObjectReader reader, Entry entry, Path file, long bytesMax)
      throws IOException {
    if (FileMode.GITLINK.equals(entry.mode())) {
      Files.createDirectories(file);
      return 0;
    }
    Files.createDirectories(parent(file));
    var blob = reader.open(entry.id(), Constants.OBJ_BLOB);
    if (blob.getSize() > bytesMax) {
      throw new IOException("the commit's files are larger than " + BYTES_MAX + " bytes together");
    }
    Files.createFile(file, permissions(entry.mode()));
    try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.WRITE)) {
      blob.copyTo(out);
    }
    return blob.getSize();
  }

  private static FileAttribute<?> permissions(FileMode mode) {
    return PosixFilePermissions.asFileAttribute(
        PosixFilePermissions.fromString(
            FileMode.EXECUTABLE_FILE.equals(mode) ? "rwxr-xr-x" : "rw-r--r--"));
  }

  private static Path resolve(Path directory, String path) throws IOException {
    try {
      return directory.resolve(path);
    } catch (InvalidPathException e) {
      throw new IOException(
          "cannot write the file name '"
              + Printable.of(path)
              + "' in this locale; start Slipway with LC_ALL=C.UTF-8",
          e);
    }
  }

  private static Path parent(Path file) throws IOException {
    Path parent = file.getParent();
    if (parent == null) {
      throw new IOException("no directory above " + file);
    }
    return parent;
  }
}

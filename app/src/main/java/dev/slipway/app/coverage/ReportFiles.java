package dev.slipway.app.coverage;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Finds and reads report files below a directory. Links are not followed and only regular files are
 * read, so that a report cannot be a way out of the directory; bytes and files are bounded.
 */
final class ReportFiles {
  static final long FILE_BYTES_MAX = 50L << 20;
  static final long TOTAL_BYTES_MAX = 200L << 20;
  static final int FILES_MAX = 20_000;

  private final Path root;
  private final List<PathMatcher> matchers = new ArrayList<>();
  private long total;

  ReportFiles(Path root, List<String> globs) {
    this.root = root;
    for (String glob : globs) {
      matchers.add(FileSystems.getDefault().getPathMatcher("glob:" + glob));
      if (glob.startsWith("**/")) {
        matchers.add(FileSystems.getDefault().getPathMatcher("glob:" + glob.substring(3)));
      }
    }
  }

  /** The matching files by their slash-separated path below the root, in order. */
  SortedMap<String, Path> find() throws Malformed {
    SortedMap<String, Path> found = new TreeMap<>();
    try {
      Files.walkFileTree(root, new Finder(found));
    } catch (IOException e) {
      throw new Malformed("the directory of the reports cannot be read: " + e);
    }
    if (found.size() > FILES_MAX) {
      throw new Malformed("more than " + FILES_MAX + " files match the reports' paths");
    }
    return found;
  }

  /** The file's bytes. */
  byte[] read(Path file) throws Malformed {
    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      byte[] content = in.readNBytes((int) FILE_BYTES_MAX + 1);
      total += content.length;
      if (content.length > FILE_BYTES_MAX) {
        throw new Malformed("it is larger than " + (FILE_BYTES_MAX >> 20) + " MB");
      }
      if (total > TOTAL_BYTES_MAX) {
        throw new Malformed("the reports together exceed " + (TOTAL_BYTES_MAX >> 20) + " MB");
      }
      return content;
    } catch (IOException e) {
      throw new Malformed("it cannot be read: " + e);
    }
  }

  private final class Finder extends SimpleFileVisitor<Path> {
    private final SortedMap<String, Path> found;

    Finder(SortedMap<String, Path> found) {
      this.found = found;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
      return directory.endsWith(".git") ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      Path relative = root.relativize(file);
      if (attributes.isRegularFile() && matchers.stream().anyMatch(m -> m.matches(relative))) {
        found.put(relative.toString(), file);
      }
      return found.size() > FILES_MAX ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
    }

    /** What cannot be looked at is no report; a run whose report is missing is told so. */
    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) {
      return FileVisitResult.CONTINUE;
    }
  }
}

package dev.slipway.app.init;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A directory of the repository, to look into. Reads are bounded, links are not followed, and
 * directories of dependencies and build results are not entered.
 *
 * @param root the repository's root
 * @param name the directory's path below it; {@code .} for the root itself
 */
record Folder(Path root, String name) {
  private static final int FILES_MAX = 20_000;
  private static final int FILE_BYTES_MAX = 1 << 20;
  private static final Set<String> SKIPPED =
      Set.of(
          "node_modules",
          "target",
          "build",
          "dist",
          "out",
          "bin",
          "obj",
          "vendor",
          "venv",
          "env",
          "__pycache__",
          "site-packages",
          "coverage",
          "third_party");

  /** Directories whose projects are not services. */
  private static final Set<String> ASIDE =
      Set.of(
          "example",
          "examples",
          "sample",
          "samples",
          "demo",
          "demos",
          "testdata",
          "fixtures",
          "test",
          "tests",
          "docs",
          "doc",
          "e2e",
          "templates",
          "scripts",
          "tools");

  Path path() {
    return root.resolve(name).normalize();
  }

  Folder in(String child) {
    return new Folder(root, name.equals(".") ? child : name + "/" + child);
  }

  /** The path from the repository's root of something in this directory. */
  String pathOf(String child) {
    return name.equals(".") ? child : name + "/" + child;
  }

  /** The glob, which may begin with a path, from the repository's root. */
  String globOf(String below) {
    return name.equals(".") ? below : glob(name) + "/" + below;
  }

  /** The directory's own name. */
  String label() {
    Path last = path().toAbsolutePath().normalize().getFileName();
    return last == null ? "service" : last.toString();
  }

  boolean has(String file) {
    return Files.isRegularFile(path().resolve(file), LinkOption.NOFOLLOW_LINKS);
  }

  boolean hasDirectory(String directory) {
    return Files.isDirectory(path().resolve(directory), LinkOption.NOFOLLOW_LINKS);
  }

  /** A file's text; empty if there is none, it is too large, or it cannot be read. */
  Optional<String> text(String file) {
    return has(file) ? read(path().resolve(file)) : Optional.empty();
  }

  private static Optional<String> read(Path file) {
    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      byte[] content = in.readNBytes(FILE_BYTES_MAX + 1);
      return content.length > FILE_BYTES_MAX
          ? Optional.empty()
          : Optional.of(new String(content, StandardCharsets.UTF_8));
    } catch (IOException e) {
      return Optional.empty(); // what cannot be read is not detected, and is then told as such
    }
  }

  /** The names of the regular files directly inside, sorted. */
  List<String> directFiles() {
    try (var entries = Files.list(path())) {
      return entries
          .filter(entry -> Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS))
          .map(entry -> entry.getFileName().toString())
          .sorted()
          .toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  /** The directories directly inside, sorted, without those that are skipped. */
  List<String> directories() {
    try (var entries = Files.list(path())) {
      return entries
          .filter(entry -> Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS))
          .map(entry -> entry.getFileName().toString())
          .filter(entry -> !isSkipped(entry))
          .sorted()
          .toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  /** Those of {@link #directories} in which further services may lie. */
  List<Folder> children() {
    return directories().stream()
        .filter(directory -> !ASIDE.contains(directory))
        .map(this::in)
        .toList();
  }

  private static boolean isSkipped(String directory) {
    return directory.startsWith(".") || SKIPPED.contains(directory) || !isPlain(directory);
  }

  /** Whether a configuration can name it: without control characters, backslashes and tildes. */
  static boolean isPlain(String path) {
    return !path.startsWith("~") && path.chars().noneMatch(c -> c < ' ' || c == '\\' || c == 0x7f);
  }

  /** A glob that matches exactly this path. */
  static String glob(String path) {
    return path.replaceAll("[\\[\\]{}*?]", "\\\\$0");
  }

  /** Paths of the files below, relative to this directory, sorted; at most twenty thousand. */
  List<String> files() {
    List<String> files = new ArrayList<>();
    Path start = path();
    try {
      Files.walkFileTree(
          start,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes a) {
              return !directory.equals(start) && isSkipped(directory.getFileName().toString())
                  ? FileVisitResult.SKIP_SUBTREE
                  : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              if (attributes.isRegularFile()) {
                files.add(start.relativize(file).toString());
              }
              return files.size() >= FILES_MAX
                  ? FileVisitResult.TERMINATE
                  : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      return List.of();
    }
    files.sort(null);
    return files;
  }
}

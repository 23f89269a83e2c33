package dev.slipway.app.coverage;

import dev.slipway.app.coverage.Reported.Entry;
import dev.slipway.change.Printable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Matches the names of files in reports to the paths of the tree. A name that could be several
 * paths is told, never guessed: lines of one file must not count for another.
 */
final class SourceMatch {
  private static final int SOURCE_BYTES_MAX = 10 << 20;

  /** Languages whose files need not lie in the directories of their package. */
  private static final Set<String> LOOSE_PACKAGES = Set.of("kt", "scala", "groovy");

  private static final Set<String> SOURCE_ROOTS =
      Set.of(
          "src/main/java",
          "src/main/kotlin",
          "src/main/scala",
          "src/main/groovy",
          "src",
          "src/java");

  /** A file of the tree with what a report says of it. */
  record Matched(String source, Reported.Coverage coverage) {}

  private final NavigableSet<String> sources;
  private final Map<String, List<String>> byFileName = new HashMap<>();
  private final String prefix;
  private final String checkout;

  /**
   * @param root where the reports lie: the tree's root or a directory of the tree
   * @param sources the tree's paths
   */
  SourceMatch(Path root, Collection<String> sources) {
    this.sources = new TreeSet<>(sources);
    for (String source : sources) {
      byFileName.computeIfAbsent(fileName(source), name -> new ArrayList<>()).add(source);
    }
    Path absolute = root.toAbsolutePath().normalize();
    this.prefix = prefix(absolute);
    Path top = absolute;
    for (int i = 0; !prefix.isEmpty() && i < Path.of(prefix).getNameCount(); i++) {
      top = Optional.ofNullable(top.getParent()).orElse(top);
    }
    this.checkout = Paths.normal(top.toString());
  }

  NavigableSet<String> sources() {
    return sources;
  }

  /** Which directory of the tree the root is: the longest end of its path that is one. */
  private String prefix(Path root) {
    for (int count = root.getNameCount(); count > 0; count--) {
      String end = root.subpath(root.getNameCount() - count, root.getNameCount()).toString();
      List<String> below =
          sources.tailSet(end + "/").stream()
              .limit(3)
              .filter(source -> source.startsWith(end + "/"))
              .map(source -> source.substring(end.length() + 1))
              .toList();
      boolean same =
          !below.isEmpty() && below.stream().allMatch(path -> Files.exists(root.resolve(path)));
      if (same) {
        return end;
      }
    }
    return "";
  }

  /** The text of a file of the tree, one character for each byte; empty if it cannot be read. */
  Optional<String> text(String source) {
    Path file = Path.of(checkout, source);
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      byte[] content = in.readNBytes(SOURCE_BYTES_MAX + 1);
      return content.length > SOURCE_BYTES_MAX
          ? Optional.empty()
          : Optional.of(new String(content, StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      return Optional.empty(); // the same as a file that is not there: a coarser answer, not none
    }
  }

  /**
   * The report's files that are files of the tree; those that are not, such as libraries and
   * generated code, are left out.
   *
   * @param report the report's path below the root
   * @throws Malformed if a name could be several files, or no name is a file of the tree
   */
  List<Matched> match(String report, Reported reported) throws Malformed {
    if (reported.files().isEmpty()) {
      throw new Malformed("it names no files");
    }
    Optional<String> mount = mount(reported);
    List<Matched> matched = new ArrayList<>();
    for (Entry entry : reported.files()) {
      match(report, entry, mount)
          .ifPresent(source -> matched.add(new Matched(source, entry.coverage())));
    }
    if (matched.isEmpty()) {
      String first = Printable.of(reported.files().getFirst().names().getFirst());
      int count = reported.files().size();
      throw new Malformed(
          "none of the " + count + " files it names is in the tree, such as " + first);
    }
    return matched;
  }

  private Optional<String> match(String report, Entry entry, Optional<String> mount)
      throws Malformed {
    for (String name : entry.names()) {
      Optional<String> exact = Paths.isAbsolute(name) ? below(mount, name) : exact(report, name);
      if (exact.isPresent()) {
        return exact;
      }
    }
    String name = entry.names().getLast();
    if (Paths.isAbsolute(name) || name.isEmpty()) {
      return Optional.empty();
    }
    return only(report, entry, endingWith(name));
  }

  private Optional<String> below(Optional<String> mount, String name) {
    return mount
        .filter(m -> name.startsWith(m + "/"))
        .map(m -> name.substring(m.length() + 1))
        .filter(sources::contains);
  }

  /** A relative name is looked for beside the report and in each directory above it. */
  private Optional<String> exact(String report, String name) {
    return above(report).stream()
        .map(directory -> Paths.normal(directory + "/" + name))
        .map(path -> path.startsWith("/") ? path.substring(1) : path)
        .filter(sources::contains)
        .findFirst();
  }

  /** The tree's directories from the report's own up to the root's. */
  private List<String> above(String report) {
    List<String> directories = new ArrayList<>();
    String directory = prefix.isEmpty() ? report : prefix + "/" + report;
    while (directory.contains("/") && directory.length() > prefix.length()) {
      directory = directory.substring(0, directory.lastIndexOf('/'));
      directories.add(directory);
    }
    directories.add("");
    return directories;
  }

  private List<String> endingWith(String name) {
    List<String> found = withEnd(name);
    String extension = name.substring(name.lastIndexOf('.') + 1);
    String shorter = name;
    while (found.isEmpty() && LOOSE_PACKAGES.contains(extension) && shorter.contains("/")) {
      shorter = shorter.substring(shorter.indexOf('/') + 1);
      found = withEnd(shorter);
    }
    return found;
  }

  private List<String> withEnd(String name) {
    return byFileName.getOrDefault(fileName(name), List.of()).stream()
        .filter(source -> source.equals(name) || source.endsWith("/" + name))
        .toList();
  }

  /** The one that is meant: by the report's module, else by the directory the report lies in. */
  private Optional<String> only(String report, Entry entry, List<String> found) throws Malformed {
    if (found.size() <= 1) {
      return found.stream().findFirst();
    }
    List<String> named =
        found.stream()
            .filter(source -> List.of(source.split("/")).contains(entry.module()))
            .toList();
    List<String> candidates = named.isEmpty() ? found : named;
    for (String directory : above(report)) {
      List<String> inside =
          candidates.stream()
              .filter(source -> directory.isEmpty() || source.startsWith(directory + "/"))
              .toList();
      List<String> usual =
          inside.stream().filter(source -> isUsual(directory, source, entry)).toList();
      if (inside.size() == 1 || usual.size() == 1) {
        return Optional.of(inside.size() == 1 ? inside.getFirst() : usual.getFirst());
      }
      if (!inside.isEmpty()) {
        break;
      }
    }
    String name = entry.names().getLast();
    throw new Malformed(name + " could be any of " + candidates.stream().limit(3).toList());
  }

  private static boolean isUsual(String directory, String source, Entry entry) {
    String below = directory.isEmpty() ? source : source.substring(directory.length() + 1);
    String end = "/" + entry.names().getLast();
    return below.endsWith(end)
        && SOURCE_ROOTS.contains(below.substring(0, below.length() - end.length()));
  }

  /**
   * Where the tree lay when the tests ran: here, or, if no name lies here, the directory under
   * which most of the absolute names are files of the tree.
   */
  private Optional<String> mount(Reported reported) {
    Map<String, Set<Entry>> votes = new HashMap<>();
    for (Entry entry : reported.files()) {
      for (String name : entry.names()) {
        if (name.startsWith(checkout + "/")) {
          return Optional.of(checkout);
        }
        if (Paths.isAbsolute(name)) {
          mounts(name).forEach(m -> votes.computeIfAbsent(m, x -> new HashSet<>()).add(entry));
        }
      }
    }
    Comparator<Map.Entry<String, Set<Entry>>> most =
        Comparator.comparingInt(vote -> vote.getValue().size());
    return votes.entrySet().stream()
        .max(
            most.thenComparingInt(vote -> -vote.getKey().length()).thenComparing(Map.Entry::getKey))
        .map(Map.Entry::getKey);
  }

  /** The directories under which the absolute name would be a file of the tree. */
  private List<String> mounts(String name) {
    List<String> mounts = new ArrayList<>();
    for (int slash = name.indexOf('/'); slash >= 0; slash = name.indexOf('/', slash + 1)) {
      if (sources.contains(name.substring(slash + 1))) {
        mounts.add(name.substring(0, slash));
      }
    }
    return mounts;
  }

  private static String fileName(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}

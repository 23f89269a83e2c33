package dev.slipway.agents.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.change.SourceTree;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the tree holds around a source: its existing tests, the fixtures that really exist, who
 * calls a function, and where a new test belongs. Everything read is bounded.
 */
final class TestSite {
  private static final int FILES_READ_MAX = 2_000;
  private static final int FILE_CHARS_MAX = 8_000;
  private static final int FIXTURES_MAX = 200;
  private static final int CALLERS_MAX = 10;

  private final SourceTree tree;
  private final String root;
  private final LanguageProfile profile;
  private final List<String> tests;
  private final List<String> helpers;

  /**
   * @param root the service's directory; {@code .} is the repository's root
   */
  TestSite(SourceTree tree, String root, LanguageProfile profile) {
    this.tree = tree;
    this.root = root;
    this.profile = profile;
    List<String> own =
        tree.paths().stream()
            .filter(this::inside)
            .filter(path -> profile.extensions().contains(LanguageProfile.extension(path)))
            .toList();
    this.tests = matching(own, profile.testPath());
    this.helpers = matching(own, profile.helperPath());
  }

  private static List<String> matching(List<String> paths, Pattern pattern) {
    return paths.stream().filter(path -> pattern.matcher(path).find()).toList();
  }

  private boolean inside(String path) {
    return root.equals(".") || path.startsWith(root + "/");
  }

  /** The tests that are nearest to the source, the nearest first. */
  List<String> nearest(String source) {
    return tests.stream()
        .sorted(
            Comparator.comparingInt((String test) -> nearness(source, test))
                .reversed()
                .thenComparing(Comparator.naturalOrder()))
        .toList();
  }

  /** A shared name counts most, then shared folders at the end of the path. */
  private static int nearness(String source, String test) {
    String stem = LanguageProfile.stem(source).toLowerCase(java.util.Locale.ROOT);
    int named = test.toLowerCase(java.util.Locale.ROOT).contains(stem) ? 100 : 0;
    List<String> one = List.of(source.split("/")).reversed();
    List<String> other = List.of(test.split("/")).reversed();
    int shared = 0;
    for (int i = 1; i < Math.min(one.size(), other.size()); i++) {
      if (!one.get(i).equals(other.get(i))) {
        break;
      }
      shared++;
    }
    return named + shared;
  }

  /**
   * Paths for so many new tests of the source, none of them in the tree.
   *
   * @return empty if there is no test beside which they could stand
   */
  List<String> newFiles(String source, int count) {
    Optional<String> found =
        profile.besideSource() ? Optional.of(folder(source)) : besideATest(source);
    if (found.isEmpty()) {
      return List.of();
    }
    String folder = found.get();
    Set<String> taken = Set.copyOf(tree.paths());
    List<String> files = new ArrayList<>();
    for (int n = 1; files.size() < count; n++) {
      String name =
          profile
              .testName()
              .replace("{stem}", LanguageProfile.stem(source))
              .replace("{n}", Integer.toString(n))
              .replace("{ext}", LanguageProfile.extension(source))
              .replace("{folder}", "");
      if (!taken.contains(folder + name)) {
        files.add(folder + name);
      }
    }
    return files;
  }

  private Optional<String> besideATest(String source) {
    return nearest(source).stream()
        .filter(path -> !path.endsWith("conftest.py"))
        .findFirst()
        .map(TestSite::folder);
  }

  private static String folder(String path) {
    return path.substring(0, path.lastIndexOf('/') + 1);
  }

  /** The names of the fixtures, factories and helpers that the tests have, with their files. */
  Set<String> fixtures() {
    return Stream.concat(helpers.stream(), tests.stream())
        .distinct()
        .limit(FILES_READ_MAX)
        .flatMap(file -> profile.fixturesIn(text(file)).stream().map(it -> it + " (" + file + ")"))
        .limit(FIXTURES_MAX)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Lines outside the tests that name the function, with their places. */
  List<String> callers(Gap gap) {
    if (gap.function().isEmpty()) {
      return List.of();
    }
    Pattern call = Pattern.compile("\\b" + Pattern.quote(gap.function()) + "\\s*\\(");
    List<String> found = new ArrayList<>();
    for (String path : tree.paths().stream().limit(FILES_READ_MAX).toList()) {
      if (profile.extensions().contains(LanguageProfile.extension(path)) && !tests.contains(path)) {
        List<String> lines = text(path).lines().toList();
        for (int i = 0; i < lines.size() && found.size() < CALLERS_MAX; i++) {
          if (call.matcher(lines.get(i)).find() && profile.functionAt(lines.get(i)).isEmpty()) {
            found.add(path + ":" + (i + 1) + ": " + lines.get(i).strip());
          }
        }
      }
    }
    return found;
  }

  /** The beginning of a file's text; empty if it is not there. */
  String text(String path) {
    return tree.read(path)
        .map(bytes -> new String(bytes, 0, Math.min(bytes.length, 200_000), UTF_8))
        .orElse("");
  }

  /** As much of a file as a model is shown. */
  String excerpt(String path) {
    String text = text(path);
    return text.length() <= FILE_CHARS_MAX ? text : text.substring(0, FILE_CHARS_MAX) + "\n…";
  }
}

package dev.slipway.agents.testing;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a path says about a file: whether it is a test, and how coverage tools treat its language.
 */
public final class Sources {
  private static final Pattern TEST =
      Pattern.compile(
          "(^|.*/)(tests?|__tests__|spec|testdata)/.*"
              + "|(^|.*/)(test_[^/]*\\.py|conftest\\.py|[^/]*_test\\.(go|py)|[^/]*\\.(test|spec)\\.[cm]?[jt]sx?"
              + "|[^/]*Tests?\\.(java|kt)|[^/]*IT\\.(java|kt))");

  /** Tools of these languages list only what was loaded; JaCoCo lists every class that has code. */
  private static final Set<String> ONLY_LOADED =
      Set.of("py", "js", "mjs", "cjs", "jsx", "ts", "mts", "tsx", "go", "rb");

  private static final Set<String> SOURCES =
      Set.of(
          "java", "kt", "py", "js", "mjs", "cjs", "jsx", "ts", "mts", "tsx", "go", "rb", "md",
          "txt");

  private Sources() {}

  /** Whether a file at this path is a test, by the customs of its language. */
  public static boolean isTest(String path) {
    return TEST.matcher(path).matches();
  }

  static boolean absentMeansUnloaded(String path) {
    return ONLY_LOADED.contains(path.substring(path.lastIndexOf('.') + 1));
  }

  /**
   * Whether the file is a program's text or a document: nothing that says which tests there are.
   */
  static boolean isSource(String path) {
    return SOURCES.contains(path.substring(path.lastIndexOf('.') + 1));
  }

  /** Whether a line is more than blank, a comment or a lone bracket. */
  static boolean isCode(String line) {
    String text = line.strip();
    return !text.isEmpty()
        && !text.startsWith("#")
        && !text.startsWith("//")
        && !text.startsWith("*")
        && !text.startsWith("/*")
        && text.chars().anyMatch(Character::isLetterOrDigit);
  }
}

package dev.slipway.agents.testing;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Changed lines of one function that no test executes.
 *
 * @param function its name; empty for lines outside of any
 * @param lines line numbers in the candidate
 */
public record Gap(String file, String function, SortedSet<Integer> lines) {
  public Gap {
    lines = new TreeSet<>(lines);
    if (lines.isEmpty()) {
      throw new IllegalArgumentException("a gap has lines");
    }
  }

  /** The lines of a file that are not executed, by the function they stand in. */
  static List<Gap> of(
      String file, SortedSet<Integer> lines, List<String> text, LanguageProfile profile) {
    List<Optional<String>> functions = text.stream().map(profile::functionAt).toList();
    Map<String, SortedSet<Integer>> byFunction = new LinkedHashMap<>();
    for (int line : lines) {
      byFunction
          .computeIfAbsent(enclosing(text, functions, line), key -> new TreeSet<>())
          .add(line);
    }
    return byFunction.entrySet().stream()
        .map(it -> new Gap(file, it.getKey(), it.getValue()))
        .toList();
  }

  /** The nearest function that begins at or above the line, and is not indented more than it. */
  private static String enclosing(List<String> text, List<Optional<String>> functions, int line) {
    int depth = indent(text, line);
    for (int at = Math.min(line, text.size()); at >= 1; at--) {
      Optional<String> function = functions.get(at - 1);
      if (function.isPresent() && indent(text, at) <= depth) {
        return function.get();
      }
    }
    return "";
  }

  private static int indent(List<String> text, int line) {
    if (line < 1 || line > text.size()) {
      return 0;
    }
    String it = text.get(line - 1);
    return it.length() - it.stripLeading().length();
  }
}

package dev.slipway.agents.testing;

import dev.slipway.agents.testing.Proof.Verdict;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** What can be said of a test's code without running it. */
final class StaticProof {
  private static final Pattern BLANKS = Pattern.compile("[\\s\"'`*/#_-]+");

  private StaticProof() {}

  /** Why the code is not even run; empty if nothing is against it. */
  static Optional<Verdict> against(
      ProposedTests.ProposedTest test, Gap gap, LanguageProfile profile) {
    List<String> lines = test.code().lines().toList();
    if (lines.stream().anyMatch(line -> line.length() > LanguageProfile.LINE_CHARS_MAX)) {
      return Optional.of(
          new Verdict.Repairable(
              "it has a line of more than " + LanguageProfile.LINE_CHARS_MAX + " characters", ""));
    }
    for (LanguageProfile.Forbidden forbidden : profile.forbidden()) {
      if (any(lines, forbidden.pattern())) {
        return Optional.of(new Verdict.Dropped("it " + forbidden.what()));
      }
    }
    List<String> assertions =
        lines.stream().filter(line -> profile.assertion().matcher(line).find()).toList();
    if (assertions.isEmpty()) {
      return Optional.of(new Verdict.Repairable("it asserts nothing", ""));
    }
    if (assertions.stream().allMatch(line -> profile.tautology().matcher(line).find())) {
      return Optional.of(new Verdict.Dropped("what it asserts is true whatever the code does"));
    }
    if (!gap.function().isEmpty()
        && !test.code().contains(LanguageProfile.stem(gap.file()))
        && !test.code().contains(gap.function())) {
      return Optional.of(
          new Verdict.Repairable("it does not name the code under test: " + gap.function(), ""));
    }
    if (test.edgeCase().isBlank() || !squeezed(test.code()).contains(squeezed(test.edgeCase()))) {
      return Optional.of(
          new Verdict.Repairable(
              "the edge case it is for does not stand in its name or docstring", ""));
    }
    return Optional.empty();
  }

  private static boolean any(List<String> lines, Pattern pattern) {
    return lines.stream().anyMatch(line -> pattern.matcher(line).find());
  }

  private static String squeezed(String text) {
    return BLANKS.matcher(text.toLowerCase(Locale.ROOT)).replaceAll("");
  }
}

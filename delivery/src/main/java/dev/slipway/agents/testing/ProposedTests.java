package dev.slipway.agents.testing;

import java.util.List;

/** What the model answers when it is asked for tests. */
record ProposedTests(List<ProposedTest> tests) {
  private static final int CODE_CHARS_MAX = 40_000;

  /**
   * One test file.
   *
   * @param number of the file, as it was asked for
   * @param edgeCase the edge case it validates, in a few words that stand in the code
   */
  record ProposedTest(int number, String edgeCase, String code) {
    ProposedTest {
      if (code.length() > CODE_CHARS_MAX) {
        throw new IllegalArgumentException(
            "a test file has at most " + CODE_CHARS_MAX + " characters");
      }
    }
  }

  ProposedTests {
    tests = List.copyOf(tests);
  }
}

package dev.slipway.app.detectors.secrets;

import dev.slipway.change.Digest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Tells values that only look like secrets: placeholders, published examples, typed sequences. */
final class Fakes {
  /** Words that a random token of 40 characters holds once in some hundred thousand. */
  private static final List<String> WORDS =
      List.of(
          "example",
          "xxxx",
          "changeme",
          "change_me",
          "change-me",
          "placeholder",
          "dummy",
          "fake",
          "sample",
          "redacted",
          "notreal",
          "not-real",
          "not_real",
          "replace",
          "insert",
          "your-",
          "your_",
          "yourtoken",
          "yourkey",
          "yourapi",
          "yoursecret",
          "testtoken",
          "testkey",
          "testsecret",
          "test_",
          "test-",
          "_test",
          "-test",
          "secret_here",
          "token_here",
          "key_here",
          "goes_here",
          "goeshere",
          "invalid",
          "mocked",
          "1234567890",
          "0123456789",
          "123456789",
          "abcdefghij",
          "deadbeefdeadbeef",
          "...",
          "****");

  /**
   * SHA-256 of keys that documentation publishes and that look real: the storage emulator Azurite's
   * account key, and the example key of Stripe's pages.
   */
  private static final Set<String> PUBLISHED =
      Set.of(
          "0011cc25eb4320717494d2703e8cba85743e71b500283c21c8b88147992f9059",
          "153a182586451358014e3142089118ce38f6c7dc7c79014d3fa40b57f80b4aab",
          "78a08441f4314f0a2833cfe58c62e555a162264206982cda39f6804f5048f570");

  private static final int RUN_MAX = 6;

  private Fakes() {}

  /** Whether the secret part of a provider's token is visibly made up. */
  static boolean isFakeToken(String body) {
    return isPlaceholder(body) || isTyped(body) || isPublished(body);
  }

  /** Whether the value says itself that it is not the real one. */
  static boolean isPlaceholder(String value) {
    String lower = value.toLowerCase(Locale.ROOT);
    return WORDS.stream().anyMatch(lower::contains);
  }

  /** Whether a person typed it: one character repeated, a sequence, a short unit repeated. */
  static boolean isTyped(String value) {
    return longestRun(value) >= RUN_MAX
        || (value.length() >= 12 && value.chars().distinct().count() <= 4)
        || (value.length() >= 8 && steps(value) * 2 >= value.length())
        || isPeriodic(value);
  }

  private static boolean isPublished(String body) {
    return PUBLISHED.contains(Digest.of(body.getBytes(StandardCharsets.UTF_8)).hex());
  }

  private static int longestRun(String value) {
    int longest = 0;
    int run = 0;
    for (int i = 0; i < value.length(); i++) {
      run = i > 0 && value.charAt(i) == value.charAt(i - 1) ? run + 1 : 1;
      longest = Math.max(longest, run);
    }
    return longest;
  }

  /** How many characters follow or precede their neighbour in the alphabet or in counting. */
  private static int steps(String value) {
    int steps = 0;
    for (int i = 1; i < value.length(); i++) {
      int step = value.charAt(i) - value.charAt(i - 1);
      steps += Math.abs(step) == 1 || isWrap(value.charAt(i - 1), value.charAt(i)) ? 1 : 0;
    }
    return steps;
  }

  private static boolean isWrap(char before, char after) {
    return (before == '9' && (after == '0' || after == 'a' || after == 'A'))
        || ((before == 'z' || before == 'Z' || before == 'f') && after == '0')
        || (before == 'z' && after == 'A');
  }

  private static boolean isPeriodic(String value) {
    for (int unit = 2; unit <= 10 && unit * 3 <= value.length(); unit++) {
      if (value.regionMatches(0, value, unit, value.length() - unit)) {
        return true;
      }
    }
    return false;
  }
}

package dev.slipway.app.detectors.secrets;

import dev.slipway.app.detectors.secrets.Sighting.Proof;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How the tokens of one provider look. The text is searched for the anchor, which costs a scan; the
 * pattern is tried only around it and has only bounded possessive quantifiers, so a hostile text
 * costs a bounded number of steps per character.
 *
 * @param proof how sure a token of this format is one
 * @param anchor literal that every token holds
 * @param backs how many characters before the anchor a token may begin, tried in order
 * @param shape the whole token; its first group, if it has one, is the secret part
 * @param genuine a check of what the pattern cannot say; false is not a token
 */
record TokenFormat(
    String rule,
    String label,
    Function<String, Proof> proof,
    String anchor,
    List<Integer> backs,
    Pattern shape,
    Predicate<String> genuine) {

  private static final int TOKEN_MAX = 5_000;

  static TokenFormat token(String rule, String label, String anchor, String shape) {
    return new TokenFormat(
        rule,
        label,
        token -> Proof.FORMAT,
        anchor,
        List.of(0),
        Pattern.compile(shape),
        token -> true);
  }

  TokenFormat proof(Proof other) {
    return new TokenFormat(rule, label, token -> other, anchor, backs, shape, genuine);
  }

  /** Proven by its checksum; without that it may be a real one that was altered, or made up. */
  TokenFormat checksummed() {
    return new TokenFormat(
        rule, label, SecretChecks::proofByChecksum, anchor, backs, shape, genuine);
  }

  TokenFormat backs(Integer... other) {
    return new TokenFormat(rule, label, proof, anchor, List.of(other), shape, genuine);
  }

  TokenFormat genuine(Predicate<String> other) {
    return new TokenFormat(rule, label, proof, anchor, backs, shape, other);
  }

  /** Adds every token of this format in the text. */
  void find(String text, List<Sighting> out) {
    int at = text.indexOf(anchor);
    if (at < 0) {
      return;
    }
    Matcher matcher = shape.matcher(text).useTransparentBounds(true);
    while (at >= 0) {
      int from = at + 1;
      for (int back : backs) {
        int start = at - back;
        if (start >= 0
            && !continuesWord(text, start)
            && matcher.region(start, Math.min(text.length(), start + TOKEN_MAX)).lookingAt()) {
          accept(matcher, out);
          from = matcher.end();
          break;
        }
      }
      at = text.indexOf(anchor, from);
    }
  }

  private void accept(Matcher matcher, List<Sighting> out) {
    String token = matcher.group();
    String secret = matcher.groupCount() > 0 && matcher.group(1) != null ? matcher.group(1) : token;
    if (genuine.test(token) && !Fakes.isFakeToken(secret)) {
      out.add(new Sighting(rule, label, proof.apply(token), matcher.start(), matcher.end(), token));
    }
  }

  /** A token is not the middle of a longer word; an escape such as {@code \n} is no word. */
  private static boolean continuesWord(String text, int start) {
    if (start == 0 || !isWord(text.charAt(start - 1))) {
      return false;
    }
    boolean escape = start >= 2 && text.charAt(start - 2) == '\\';
    return !(escape && "nrt".indexOf(text.charAt(start - 1)) >= 0);
  }

  private static boolean isWord(char c) {
    return c < 128 && Character.isLetterOrDigit(c);
  }
}

package dev.slipway.app.detectors.secrets;

import dev.slipway.app.detectors.secrets.Sighting.Proof;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * How the tokens of one provider look. The text is searched for the anchor, which costs a scan; the
 * pattern is tried only around it and has only bounded possessive quantifiers, so a hostile text
 * costs a bounded number of steps per character.
 *
 * @param proof how sure a token of this format is one
 * @param anchor literal that every token holds
 * @param beginning where a token with its anchor at a position may begin
 * @param shape the whole token; its first group, if it has one, is the secret part
 * @param genuine a check of what the pattern cannot say; false is not a token
 */
record TokenFormat(
    String rule,
    String label,
    Function<String, Proof> proof,
    String anchor,
    Beginning beginning,
    Pattern shape,
    Predicate<String> genuine) {

  /** Where a token may begin that has its anchor at this position. */
  @FunctionalInterface
  interface Beginning {
    IntStream of(String text, int anchor);
  }

  private static final int TOKEN_MAX = 5_000;

  static TokenFormat token(String rule, String label, String anchor, String shape) {
    return new TokenFormat(
        rule,
        label,
        token -> Proof.FORMAT,
        anchor,
        (text, at) -> IntStream.of(at),
        Pattern.compile(shape),
        token -> true);
  }

  TokenFormat proof(Proof other) {
    return new TokenFormat(rule, label, token -> other, anchor, beginning, shape, genuine);
  }

  /** Proven by its checksum; without that it may be a real one that was altered, or made up. */
  TokenFormat checksummed() {
    return new TokenFormat(
        rule, label, SecretChecks::proofByChecksum, anchor, beginning, shape, genuine);
  }

  /** A token that begins so many characters before its anchor; tried in this order. */
  TokenFormat backs(int... before) {
    return beginning((text, at) -> IntStream.of(before).map(back -> at - back));
  }

  /** A token that begins with this text, somewhere before its anchor. */
  TokenFormat beginsWith(String head, int backMax) {
    return beginning(
        (text, at) -> {
          int from = Math.max(0, at - backMax);
          int start = text.substring(from, at).lastIndexOf(head);
          return start < 0 ? IntStream.empty() : IntStream.of(from + start);
        });
  }

  private TokenFormat beginning(Beginning other) {
    return new TokenFormat(rule, label, proof, anchor, other, shape, genuine);
  }

  TokenFormat genuine(Predicate<String> other) {
    return new TokenFormat(rule, label, proof, anchor, beginning, shape, other);
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
      for (int start : beginning.of(text, at).toArray()) {
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
    if (start == 0 || !isWord(text.charAt(start)) || !isWord(text.charAt(start - 1))) {
      return false;
    }
    boolean escape = start >= 2 && text.charAt(start - 2) == '\\';
    return !(escape && "nrt".indexOf(text.charAt(start - 1)) >= 0);
  }

  private static boolean isWord(char c) {
    return c < 128 && Character.isLetterOrDigit(c);
  }
}

package dev.slipway.app.localgit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.util.Optional;

/**
 * File names as patches write them: quoted in the manner of C where they hold unusual bytes, with
 * prefixes such as {@code a/} and {@code b/}, ended by a tab. Works on strings of one character per
 * byte.
 */
final class PatchNames {
  static final String NONE = "/dev/null";

  private static final String ESCAPES = "abtnvfr\"\\";
  private static final String ESCAPED = "\u0007\b\t\n\u000b\f\r\"\\";

  private PatchNames() {}

  /** The names of both sides, decoded and without their prefixes. */
  record Pair(String old, String current) {}

  private record Token(String name, int end) {}

  /** The name after {@code ---}, {@code +++}, {@code rename from} and the like. */
  static Optional<String> name(String rest) {
    if (rest.startsWith("\"")) {
      return quoted(rest, 0).map(Token::name);
    }
    int tab = rest.indexOf('\t');
    String name = tab < 0 ? rest : rest.substring(0, tab);
    return name.isEmpty() ? Optional.empty() : Optional.of(name);
  }

  /** A name of one character per byte as text. */
  static String decode(String name) {
    byte[] bytes = name.getBytes(ISO_8859_1);
    return LineDiff.text(bytes, 0, bytes.length);
  }

  private static Optional<Token> quoted(String line, int from) {
    ByteArrayOutputStream name = new ByteArrayOutputStream();
    for (int at = from + 1; at < line.length(); at++) {
      char c = line.charAt(at);
      if (c == '"') {
        return Optional.of(new Token(name.toString(ISO_8859_1), at + 1));
      }
      if (c == '\\') {
        int escape = at + 1 < line.length() ? ESCAPES.indexOf(line.charAt(at + 1)) : -1;
        if (escape >= 0) {
          name.write(ESCAPED.charAt(escape));
          at++;
        } else if (line.startsWith("\\", at) && octal(line, at + 1) >= 0) {
          name.write(octal(line, at + 1));
          at += 3;
        } else {
          return Optional.empty();
        }
      } else {
        name.write(c);
      }
    }
    return Optional.empty();
  }

  private static int octal(String line, int from) {
    if (from + 3 > line.length()) {
      return -1;
    }
    int value = 0;
    for (int i = from; i < from + 3; i++) {
      int digit = line.charAt(i) - '0';
      if (digit < 0 || digit > 7) {
        return -1;
      }
      value = value * 8 + digit;
    }
    return value <= 0xff ? value : -1;
  }

  /**
   * The one name in what follows {@code diff --git}. Two unquoted names are only separated by a
   * space, which names may hold; but here, where nothing else names the file, both are the same.
   */
  static Optional<String> same(String rest) {
    Optional<Pair> sides = split(rest);
    return sides
        .map(pair -> strip(pair.old(), pair.current()))
        .filter(pair -> pair.old().equals(pair.current()))
        .map(Pair::current);
  }

  private static Optional<Pair> split(String rest) {
    if (rest.startsWith("\"")) {
      return quoted(rest, 0)
          .filter(old -> rest.startsWith(" ", old.end()))
          .flatMap(old -> pair(old.name(), rest.substring(old.end() + 1)));
    }
    if (rest.endsWith("\"") && rest.contains(" \"")) {
      int space = rest.indexOf(" \"");
      return pair(rest.substring(0, space), rest.substring(space + 1));
    }
    int middle = rest.length() / 2;
    return rest.length() % 2 == 1 && rest.charAt(middle) == ' '
        ? Optional.of(new Pair(rest.substring(0, middle), rest.substring(middle + 1)))
        : Optional.empty();
  }

  private static Optional<Pair> pair(String old, String current) {
    return current.startsWith("\"")
        ? quoted(current, 0).map(token -> new Pair(old, token.name()))
        : Optional.of(new Pair(old, current));
  }

  /**
   * Both names without their prefixes: {@code a/} and {@code b/}; or whatever one directory each
   * they differ in; or none, if they are the same.
   */
  static Pair strip(String old, String current) {
    if (old.startsWith("a/") && current.startsWith("b/")) {
      return new Pair(old.substring(2), current.substring(2));
    }
    if (old.equals(NONE) || current.equals(NONE)) {
      return new Pair(stripOne(old, "a/"), stripOne(current, "b/"));
    }
    String oldRest = old.substring(old.indexOf('/') + 1);
    String currentRest = current.substring(current.indexOf('/') + 1);
    boolean prefixed = !old.equals(current) && old.contains("/") && oldRest.equals(currentRest);
    return prefixed ? new Pair(oldRest, currentRest) : new Pair(old, current);
  }

  private static String stripOne(String name, String prefix) {
    return name.startsWith(prefix) ? name.substring(prefix.length()) : name;
  }
}

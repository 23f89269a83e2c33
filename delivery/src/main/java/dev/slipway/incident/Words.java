package dev.slipway.incident;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * The words of a line of any language, lower-case.
 *
 * @param names whole identifiers and numbers, such as {@code parknanos} or {@code 503}
 * @param parts what they are made of: {@code park}, {@code nanos}
 * @param call whether something is called
 */
record Words(Set<String> names, Set<String> parts, boolean call) {
  /** No line is read further: nobody reads it either. */
  private static final int CHARS_MAX = 20_000;

  static Words of(String line) {
    Reader reader = new Reader();
    String text = line.strip();
    int end = Math.min(text.length(), CHARS_MAX);
    for (int i = 0; i < end; i++) {
      reader.take(text.charAt(i));
    }
    reader.take(' ');
    return new Words(reader.names, reader.parts, reader.call);
  }

  boolean hasName(Set<String> any) {
    return any.stream().anyMatch(names::contains);
  }

  boolean hasPart(Set<String> any) {
    return any.stream().anyMatch(parts::contains);
  }

  private static final class Reader {
    private final Set<String> names = new HashSet<>();
    private final Set<String> parts = new HashSet<>();
    private final StringBuilder name = new StringBuilder();
    private final StringBuilder part = new StringBuilder();
    private char last = ' ';
    private boolean call;

    void take(char c) {
      if (Character.isLetterOrDigit(c)) {
        boolean hump = Character.isUpperCase(c) && Character.isLowerCase(last);
        boolean kind = Character.isDigit(c) != Character.isDigit(last);
        if (hump || kind) {
          endPart();
        }
        name.append(c);
        part.append(c);
      } else if (c == '_') {
        endPart();
        name.append(c);
      } else {
        call |= c == '(' && !name.isEmpty();
        endName();
      }
      last = c;
    }

    private void endPart() {
      add(part, parts);
    }

    private void endName() {
      endPart();
      add(name, names);
    }

    private static void add(StringBuilder word, Set<String> to) {
      if (!word.isEmpty()) {
        to.add(word.toString().toLowerCase(Locale.ROOT));
        word.setLength(0);
      }
    }
  }
}

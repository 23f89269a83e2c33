package dev.slipway.app.incidents;

import dev.slipway.change.Printable;

/**
 * Other people's text in Markdown (GitHub's): it stays text. No HTML, no link, no image, no
 * emphasis, no table of its own, nothing that moves a terminal's cursor.
 */
final class Markdown {
  private static final String SPECIAL = "\\`*_{}[]<>|&~#!@$^";

  private Markdown() {}

  /** As running text. */
  static String prose(String text) {
    StringBuilder out = new StringBuilder(text.length() + 16);
    for (char c : Printable.of(text).toCharArray()) {
      if (SPECIAL.indexOf(c) >= 0) {
        out.append('\\');
      }
      out.append(c);
    }
    // What GitHub would make links of by itself.
    return out.toString().replace("://", "\\://").replace("www.", "www\\.");
  }

  /** As code, in a line or a cell of a table: nothing in it means anything. */
  static String code(String text) {
    String line = Printable.of(text).replace("|", "\\|");
    String fence = "`".repeat(longestRun(line) + 1);
    String pad = line.startsWith("`") || line.endsWith("`") || line.isBlank() ? " " : "";
    return fence + pad + line + pad + fence;
  }

  private static int longestRun(String text) {
    int longest = 0;
    int run = 0;
    for (int i = 0; i < text.length(); i++) {
      run = text.charAt(i) == '`' ? run + 1 : 0;
      longest = Math.max(longest, run);
    }
    return longest;
  }
}

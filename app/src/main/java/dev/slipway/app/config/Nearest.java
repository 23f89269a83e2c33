package dev.slipway.app.config;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Finds what somebody probably meant to write. */
final class Nearest {
  private static final int COMPARED_MAX = 64;

  private Nearest() {}

  /** The nearest of the known names, if one is near: at most a third of its letters differ. */
  static Optional<String> to(String name, List<String> known) {
    String plain = plain(name);
    if (plain.length() > COMPARED_MAX) {
      return Optional.empty();
    }
    return known.stream()
        .filter(candidate -> distance(plain, plain(candidate)) <= (candidate.length() + 2) / 3)
        .min(Comparator.comparingInt(candidate -> distance(plain, plain(candidate))));
  }

  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[-_ ]", "");
  }

  /** Levenshtein's distance: insertions, deletions and replacements of letters. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}

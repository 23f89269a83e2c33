package dev.slipway.app.init;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Names of services: DNS labels. */
final class Names {
  private static final int LENGTH_MAX = 63;

  private Names() {}

  /** The nearest label to any name; {@code service} where nothing of it can stand in one. */
  static String of(String name) {
    String label =
        name.toLowerCase(Locale.ROOT).replaceAll("^@[^/]*/", "").replaceAll("[^a-z0-9]+", "-");
    String cut = label.substring(0, Math.min(LENGTH_MAX - 4, label.length()));
    String trimmed = cut.replaceAll("^-+|-+$", "");
    return trimmed.isEmpty() ? "service" : trimmed;
  }

  /** The drafts with a number behind names that are taken. */
  static List<Draft> distinct(List<Draft> drafts) {
    Set<String> taken = new HashSet<>();
    return drafts.stream().map(draft -> draft.withName(free(draft.name(), taken))).toList();
  }

  private static String free(String name, Set<String> taken) {
    String free = name;
    for (int i = 2; !taken.add(free); i++) {
      free = name + "-" + i;
    }
    return free;
  }
}

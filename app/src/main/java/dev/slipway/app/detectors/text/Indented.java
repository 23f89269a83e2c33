package dev.slipway.app.detectors.text;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the YAML key that a line belongs to by indentation, which works on fragments too. */
public final class Indented {
  private static final Pattern KEY =
      Pattern.compile(
          "^\\s*+(?:-\\s++)?+[\"']?+([A-Za-z_][\\w.-]{0,60}+)[\"']?+\\s*+:(?:\\s++(.*+))?+$");

  private static final Pattern BLOCK = Pattern.compile("[|>][+-]?[0-9]?(?:\\s.{0,80})?");

  private static final int LOOK_BACK = 400;

  private Indented() {}

  /** The key on this line, if it has one. */
  public static Optional<String> keyOf(Row row) {
    Matcher key = KEY.matcher(row.text());
    return key.matches() ? Optional.of(key.group(1)) : Optional.empty();
  }

  /** The key whose value this line is, or is part of. */
  public static Optional<String> keyOver(List<Row> rows, int index) {
    Matcher own = KEY.matcher(rows.get(index).text());
    if (own.matches() && own.group(2) != null && !isBlock(own.group(2))) {
      // Inside a block text, what looks like a key is text.
      return parentOf(rows, index)
          .filter(parent -> parent.equals("run") || parent.equals("script"))
          .or(() -> Optional.of(own.group(1)));
    }
    return parentOf(rows, index);
  }

  /** The key of the block that this line stands in. */
  public static Optional<String> parentOf(List<Row> rows, int index) {
    int indent = rows.get(index).indent();
    for (int above = index - 1; above >= Math.max(0, index - LOOK_BACK); above--) {
      Row row = rows.get(above);
      if (row.text().isBlank() || row.indent() >= indent) {
        continue;
      }
      indent = row.indent();
      Matcher key = KEY.matcher(row.text());
      if (key.matches() && (key.group(2) == null || isBlock(key.group(2)))) {
        return Optional.of(key.group(1));
      }
    }
    return Optional.empty();
  }

  /** Whether what follows the colon opens a block: nothing, or the sign of a block text. */
  private static boolean isBlock(String rest) {
    String text = rest.strip();
    return text.isEmpty() || text.startsWith("#") || BLOCK.matcher(text).matches();
  }
}

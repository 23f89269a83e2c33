package dev.slipway.agents.review;

import dev.slipway.change.FileChange;
import dev.slipway.change.FileChange.Hunk;
import dev.slipway.change.FileChange.Line;
import dev.slipway.model.VisibleText;
import dev.slipway.policy.Finding;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * One changed file as a model is shown it: lines numbered as they stand in the candidate, hidden
 * text visible, and no line that holds a credential.
 *
 * @param name the path, with hidden text visible
 * @param text what is shown
 * @param quotable by line number, what can be quoted there: the line itself, and lines removed just
 *     before it
 */
record NumberedDiff(String name, String text, Map<Integer, List<String>> quotable) {
  /** Longer lines are cut: nobody reads them, and they cost. */
  private static final int LINE_CHARS_MAX = 600;

  private static final String WITHHELD = "⟨withheld: this line holds a credential⟩";

  /** What the body of a key looks like. */
  private static final Pattern ENCODED = Pattern.compile("[\\s\"'+,;]*[A-Za-z0-9+/=_-]{32,}.{0,8}");

  private static final Pattern BLANKS = Pattern.compile("\\s+");

  /**
   * @param secrets the findings of secrets, in any file
   */
  static NumberedDiff of(FileChange file, List<Finding> secrets) {
    Set<Integer> withheld = new HashSet<>();
    secrets.stream()
        .filter(it -> it.file().equals(file.path()))
        .map(Finding::line)
        .forEach(withheld::add);
    return new Writer(file, withheld).write();
  }

  /**
   * Whether the quote stands at the line; blanks do not count, and a quote of next to nothing is
   * none.
   */
  boolean quotes(int line, String quote) {
    String wanted = squeezed(quote);
    return quotable.getOrDefault(line, List.of()).stream()
        .map(NumberedDiff::squeezed)
        .anyMatch(
            there ->
                wanted.length() >= Math.min(4, Math.max(1, there.length()))
                    && there.contains(wanted));
  }

  private static String squeezed(String text) {
    return BLANKS.matcher(text).replaceAll("");
  }

  private static final class Writer {
    private final FileChange file;
    private final Set<Integer> withheld;
    private final StringBuilder out = new StringBuilder();
    private final Map<Integer, List<String>> quotable = new HashMap<>();
    private final Map<Integer, List<String>> removed = new TreeMap<>();

    Writer(FileChange file, Set<Integer> withheld) {
      this.file = file;
      this.withheld = withheld;
    }

    NumberedDiff write() {
      String name = VisibleText.of(file.path().replace("\n", "⟨U+000A⟩"));
      out.append("file: ").append(name);
      out.append(" (").append(file.kind().name().toLowerCase(Locale.ROOT));
      if (!file.oldPath().equals(file.path())) {
        out.append(" from ").append(VisibleText.of(file.oldPath().replace("\n", "⟨U+000A⟩")));
      }
      if (file.mode() != file.oldMode()) {
        out.append(String.format(Locale.ROOT, ", mode %o to %o", file.oldMode(), file.mode()));
      }
      out.append(")\n");
      file.hunks().forEach(this::hunk);
      removed.forEach(
          (line, texts) -> quotable.computeIfAbsent(line, key -> new ArrayList<>()).addAll(texts));
      return new NumberedDiff(name, out.toString(), quotable);
    }

    private void hunk(Hunk hunk) {
      out.append("@@\n");
      int number = hunk.newStart();
      for (Line line : hunk.lines()) {
        String text = shown(line, number);
        switch (line) {
          case Line.Added ignored -> number = at(number, '+', text);
          case Line.Context ignored -> number = at(number, ' ', text);
          case Line.Deleted ignored -> {
            out.append("      - ").append(text).append('\n');
            removed.computeIfAbsent(number, key -> new ArrayList<>()).add(text);
          }
        }
      }
    }

    private int at(int number, char sign, String text) {
      out.append(String.format(Locale.ROOT, "%5d %c %s%n", number, sign, text));
      quotable.computeIfAbsent(number, key -> new ArrayList<>()).add(text);
      return number + 1;
    }

    /** A key's body has no finding of its own, nor has a credential that is taken away. */
    private String shown(Line line, int number) {
      boolean flagged = withheld.contains(number) && !(line instanceof Line.Deleted);
      boolean body = !withheld.isEmpty() && ENCODED.matcher(line.text()).matches();
      if (flagged || body) {
        return WITHHELD;
      }
      String text = VisibleText.of(line.text());
      return text.length() <= LINE_CHARS_MAX
          ? text
          : text.substring(0, LINE_CHARS_MAX) + "⟨cut: " + text.length() + " characters⟩";
    }
  }
}

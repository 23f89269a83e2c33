package dev.slipway.agents.review;

import dev.slipway.change.FileChange;
import dev.slipway.change.FileChange.Hunk;
import dev.slipway.change.FileChange.Line;
import dev.slipway.model.VisibleText;
import dev.slipway.policy.Finding;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
public record NumberedDiff(String name, String text, Map<Integer, List<String>> quotable) {
  private static final Pattern BLANKS = Pattern.compile("\\s+");

  /**
   * The file as it is shown.
   *
   * @param findings of the review, in any file: of those that are secrets the lines are withheld
   */
  public static NumberedDiff of(FileChange file, List<Finding> findings) {
    return new Writer(file, Redaction.of(file, findings)).write();
  }

  /**
   * Whether the quote stands at the line; blanks do not count, and a quote of next to nothing is
   * none.
   */
  public boolean quotes(int line, String quote) {
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
    private final Redaction redaction;
    private final StringBuilder out = new StringBuilder();
    private final Map<Integer, List<String>> quotable = new HashMap<>();
    private final Map<Integer, List<String>> removed = new TreeMap<>();

    Writer(FileChange file, Redaction redaction) {
      this.file = file;
      this.redaction = redaction;
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
        String text = redaction.shown(line, number);
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
  }
}

package dev.slipway.incident;

import dev.slipway.agents.review.Redaction;
import dev.slipway.change.FileChange;
import dev.slipway.change.FileChange.Hunk;
import dev.slipway.change.FileChange.Line;
import dev.slipway.change.Printable;
import dev.slipway.incident.Ranking.Side;
import dev.slipway.policy.Finding;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/** The changed lines of a file, each with what is around it. */
final class ChangedLines {
  private static final Set<String> SETTING_UP =
      Set.of("import", "package", "using", "include", "from", "require");

  private static final Set<String> CREDENTIALS =
      Set.of("password", "passwd", "secret", "token", "credential", "credentials", "apikey");

  private static final int TAB = 4;

  /**
   * A line that came or went.
   *
   * @param number in the candidate; of the line that follows, if this one went
   * @param shown the text as it may be written down
   * @param loop the line on which the loop around it begins; empty if there is none to be seen
   */
  record ChangedLine(int number, Side side, Words words, String shown, OptionalInt loop) {}

  /** A loop that is not over: its line, and how far it is indented. */
  private record Loop(int line, int indent) {}

  private final Redaction redaction;
  private final List<ChangedLine> lines = new ArrayList<>();

  private ChangedLines(Redaction redaction) {
    this.redaction = redaction;
  }

  /** Those that do something: comments, imports and lines without a word are left out. */
  static List<ChangedLine> of(FileChange file, List<Finding> findings) {
    ChangedLines changed = new ChangedLines(Redaction.of(file, findings));
    file.hunks().forEach(changed::hunk);
    return changed.lines;
  }

  private void hunk(Hunk hunk) {
    Deque<Loop> loops = new ArrayDeque<>();
    int number = hunk.newStart();
    for (Line line : hunk.lines()) {
      switch (line) {
        case Line.Deleted deleted -> take(deleted, number, Side.REMOVED, OptionalInt.empty());
        case Line.Added added -> {
          take(added, number, Side.ADDED, within(loops, line, number));
          number++;
        }
        case Line.Context ignored -> {
          within(loops, line, number);
          number++;
        }
      }
    }
  }

  /**
   * The loop that the line is in: one whose line is indented less, with nothing between that is
   * indented as little. Languages agree on that if on nothing else.
   */
  private static OptionalInt within(Deque<Loop> loops, Line line, int number) {
    if (line.text().isBlank()) {
      return OptionalInt.empty();
    }
    int indent = indent(line.text());
    while (!loops.isEmpty() && loops.peek().indent() >= indent) {
      loops.pop();
    }
    OptionalInt around =
        loops.isEmpty() ? OptionalInt.empty() : OptionalInt.of(loops.peek().line());
    if (isTelling(line.text()) && Trait.REPEATS.of().test(Words.of(line.text()))) {
      loops.push(new Loop(number, indent));
    }
    return around;
  }

  private static int indent(String text) {
    int indent = 0;
    for (int i = 0; i < text.length() && Character.isWhitespace(text.charAt(i)); i++) {
      indent += text.charAt(i) == '\t' ? TAB : 1;
    }
    return indent;
  }

  private void take(Line line, int number, Side side, OptionalInt loop) {
    Words words = Words.of(line.text());
    if (isTelling(line.text()) && !words.names().isEmpty()) {
      String shown = Printable.of(redaction.shown(line, number).strip());
      lines.add(
          new ChangedLine(
              number,
              side,
              words,
              words.hasPart(CREDENTIALS) && holdsText(line.text())
                  ? "⟨withheld: it may hold a credential⟩"
                  : shown,
              loop));
    }
  }

  /** Whether something is set on the line: a name alone tells nobody a secret. */
  private static boolean holdsText(String text) {
    return text.indexOf('=') >= 0 || text.indexOf(':') >= 0 || text.indexOf('"') >= 0;
  }

  private static boolean isTelling(String line) {
    String text = line.strip();
    boolean comment =
        text.startsWith("//")
            || text.startsWith("/*")
            || text.startsWith("*")
            || text.startsWith("# ")
            || text.startsWith("-- ")
            || text.startsWith("<!--");
    int end = 0;
    while (end < text.length() && Character.isLetter(text.charAt(end))) {
      end++;
    }
    return !comment && !SETTING_UP.contains(text.substring(0, end));
  }
}

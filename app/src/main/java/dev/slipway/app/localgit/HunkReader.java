package dev.slipway.app.localgit;

import dev.slipway.change.FileChange.Hunk;
import dev.slipway.change.FileChange.Line;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads hunks. The header's counts say where a hunk ends; where they disagree with the lines that
 * are there, every line is kept and the disagreement is noted.
 */
final class HunkReader {
  static final int TEXT_BYTES_MAX = 20 << 20;

  private static final int HEADER_CHARS_MAX = 100;
  private static final Pattern HEADER =
      Pattern.compile("@@ -([0-9]{1,9})(?:,([0-9]{1,9}))? \\+([0-9]{1,9})(?:,([0-9]{1,9}))? @@");

  private final PatchLines lines;
  private final Consumer<String> omissions;
  private long textBytes;

  HunkReader(PatchLines lines, Consumer<String> omissions) {
    this.lines = lines;
    this.omissions = omissions;
  }

  /** Whether the bound on all hunks together was reached. */
  boolean isExhausted() {
    return textBytes > TEXT_BYTES_MAX;
  }

  /** Reads the hunk whose header is the present line, and stops after it. */
  Optional<Hunk> read(String file) {
    int at = lines.number();
    String where = "the hunk of " + file + " at line " + at;
    String header = lines.raw(0);
    Matcher counts =
        HEADER.matcher(header.substring(0, Math.min(header.length(), HEADER_CHARS_MAX)));
    lines.advance();
    if (!counts.lookingAt()) {
      omissions.accept(where + " has no readable header");
      return Optional.empty();
    }
    Body body = new Body(count(counts, 2), count(counts, 4));
    body.readPromised();
    body.readBeyond();
    body.disagreement().ifPresent(how -> omissions.accept(where + " " + how));
    return Optional.of(
        new Hunk(Integer.parseInt(counts.group(1)), Integer.parseInt(counts.group(3)), body.read));
  }

  private static int count(Matcher counts, int group) {
    String digits = counts.group(group);
    return digits == null ? 1 : Integer.parseInt(digits);
  }

  /** The lines of one hunk. */
  private final class Body {
    private final int oldPromised;
    private final int newPromised;
    private final List<Line> read = new ArrayList<>();
    private int old;
    private int current;

    Body(int oldPromised, int newPromised) {
      this.oldPromised = oldPromised;
      this.newPromised = newPromised;
    }

    void readPromised() {
      while (!lines.atEnd() && (old < oldPromised || current < newPromised)) {
        if (!take(old < oldPromised && current < newPromised)) {
          return;
        }
      }
    }

    /** Lines that go on where the counts say that the hunk is over. */
    void readBeyond() {
      while (!lines.atEnd() && !isNextFileOrSignature() && take(false)) {}
    }

    private boolean isNextFileOrSignature() {
      return (lines.startsWith("--- ") && lines.nextStartsWith("+++ "))
          || (lines.first() == '-' && lines.raw(0).stripTrailing().equals("--"));
    }

    /** Takes a line if it is one of a hunk; an empty one is context whose space was trimmed. */
    private boolean take(boolean mayBeTrimmed) {
      if (isExhausted()) {
        return false;
      }
      switch (lines.first()) {
        case ' ' -> context(lines.text());
        case '-' -> {
          old++;
          read.add(new Line.Deleted(lines.text()));
        }
        case '+' -> {
          current++;
          read.add(new Line.Added(lines.text()));
        }
        case '\\' -> {} // says that the line before has no newline
        case '\n' -> {
          if (!mayBeTrimmed) {
            return false;
          }
          context("");
        }
        default -> {
          return false;
        }
      }
      textBytes += lines.length();
      lines.advance();
      return true;
    }

    private void context(String text) {
      old++;
      current++;
      read.add(new Line.Context(text));
    }

    Optional<String> disagreement() {
      return old == oldPromised && current == newPromised
          ? Optional.empty()
          : Optional.of(
              "promises "
                  + oldPromised
                  + " old and "
                  + newPromised
                  + " new lines and holds "
                  + old
                  + " and "
                  + current);
    }
  }
}

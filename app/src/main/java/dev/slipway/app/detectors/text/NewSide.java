package dev.slipway.app.detectors.text;

import dev.slipway.change.FileChange;
import dev.slipway.change.FileChange.Hunk;
import dev.slipway.change.FileChange.Line;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * The new side of one hunk as one text: added lines with the context around them, so that what is
 * split over lines is seen whole. Positions in the text lead back to line numbers.
 */
public final class NewSide {
  private static final int LINE_MAX = 4_096;

  private final String path;
  private final String text;
  private final int firstLine;
  private final int[] starts;
  private final boolean[] added;

  private NewSide(String path, String text, int firstLine, int[] starts, boolean[] added) {
    this.path = path;
    this.text = text;
    this.firstLine = firstLine;
    this.starts = starts;
    this.added = added;
  }

  /** The new sides of those hunks of the file that add something, in order. */
  public static List<NewSide> of(FileChange file) {
    List<NewSide> sides = new ArrayList<>();
    for (Hunk hunk : file.hunks()) {
      NewSide side = of(file.path(), hunk);
      if (side.addsBetween(0, side.text.length())) {
        sides.add(side);
      }
    }
    return sides;
  }

  /** A whole file, of which these lines are new. */
  public static NewSide of(String path, String text, Set<Integer> addedLines) {
    List<Integer> starts = new ArrayList<>();
    for (int at = 0; at < text.length(); at = lineEnd(text, at) + 1) {
      starts.add(at);
    }
    boolean[] added = new boolean[starts.size()];
    for (int row = 0; row < added.length; row++) {
      added[row] = addedLines.contains(row + 1);
    }
    return new NewSide(
        path,
        text.replace("\r\n", " \n").replace('\r', '\n'),
        1,
        starts.stream().mapToInt(Integer::intValue).toArray(),
        added);
  }

  private static int lineEnd(String text, int from) {
    int end = text.indexOf('\n', from);
    return end < 0 ? text.length() : end;
  }

  private static NewSide of(String path, Hunk hunk) {
    StringBuilder text = new StringBuilder();
    int[] starts = new int[hunk.lines().size()];
    boolean[] added = new boolean[hunk.lines().size()];
    int count = 0;
    for (Line line : hunk.lines()) {
      switch (line) {
        case Line.Deleted ignored -> {}
        case Line.Context context -> {
          starts[count++] = text.length();
          text.append(context.text()).append('\n');
        }
        case Line.Added addition -> {
          added[count] = true;
          starts[count++] = text.length();
          text.append(addition.text()).append('\n');
        }
      }
    }
    // Old Macintosh line ends arrive inside one line; for everyone who reads the text they end one.
    return new NewSide(
        path,
        text.toString().replace('\r', '\n'),
        hunk.newStart(),
        Arrays.copyOf(starts, count),
        Arrays.copyOf(added, count));
  }

  /** The path in the candidate. */
  public String path() {
    return path;
  }

  /** All lines, each ended by a newline. */
  public String text() {
    return text;
  }

  /** Where the row begins, counted from 0 in this text. */
  public int positionOf(int row) {
    return starts[Math.min(row, starts.length - 1)];
  }

  /** The number in the candidate of the line that holds this position. */
  public int lineAt(int position) {
    return firstLine + rowAt(position);
  }

  /**
   * The text of the line that holds this position; empty if that is longer than 4096 characters.
   */
  public String textAt(int position) {
    return row(rowAt(position));
  }

  /** The line above the one that holds this position, if it is not new; else empty text. */
  public String contextAbove(int position) {
    int above = rowAt(position) - 1;
    return above < 0 || added[above] ? "" : row(above);
  }

  /** Whether a line from {@code start} to {@code end} (exclusive) is new. */
  public boolean addsBetween(int start, int end) {
    if (starts.length == 0) {
      return false;
    }
    int last = rowAt(Math.max(start, end - 1));
    for (int row = rowAt(start); row <= last; row++) {
      if (added[row]) {
        return true;
      }
    }
    return false;
  }

  /** The position of the first new line's text at or after {@code start}. */
  public int firstAddedFrom(int start) {
    int row = rowAt(start);
    if (added[row]) {
      return start;
    }
    while (row < starts.length - 1 && !added[row]) {
      row++;
    }
    return starts[row];
  }

  private int rowAt(int position) {
    int found = Arrays.binarySearch(starts, position);
    return found >= 0 ? found : Math.max(0, -found - 2);
  }

  private String row(int row) {
    int end = row + 1 < starts.length ? starts[row + 1] - 1 : text.length();
    boolean ended = end > starts[row] && text.charAt(end - 1) == '\n';
    end -= row + 1 == starts.length && ended ? 1 : 0;
    return end - starts[row] > LINE_MAX ? "" : text.substring(starts[row], end);
  }
}

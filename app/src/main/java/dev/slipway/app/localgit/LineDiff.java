package dev.slipway.app.localgit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.change.FileChange.Hunk;
import dev.slipway.change.FileChange.Line;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jgit.diff.Edit;
import org.eclipse.jgit.diff.EditList;
import org.eclipse.jgit.diff.HistogramDiff;
import org.eclipse.jgit.diff.RawText;
import org.eclipse.jgit.diff.RawTextComparator;

/** The difference of two texts as hunks with three lines of context, as git shows them. */
final class LineDiff {
  /** How much of a file git looks at to call it binary. */
  static final int BINARY_PROBE_BYTES = 8_000;

  private static final int CONTEXT = 3;

  private final RawText before;
  private final RawText after;

  private LineDiff(RawText before, RawText after) {
    this.before = before;
    this.after = after;
  }

  /**
   * Git's rule: a NUL among the first 8000 bytes. (JGit's own rule also takes a lone carriage
   * return for binary, which would hide such a file from the review.)
   */
  static boolean isBinary(byte[] content) {
    for (int i = 0; i < Math.min(content.length, BINARY_PROBE_BYTES); i++) {
      if (content[i] == 0) {
        return true;
      }
    }
    return false;
  }

  /** A line's text without its terminator: UTF-8 if it is that, else one character per byte. */
  static String text(byte[] content, int start, int end) {
    int stop = end;
    if (stop > start && content[stop - 1] == '\n') {
      stop--;
    }
    if (stop > start && content[stop - 1] == '\r') {
      stop--;
    }
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(content, start, stop - start)).toString();
    } catch (CharacterCodingException e) {
      return new String(content, start, stop - start, ISO_8859_1);
    }
  }

  static List<Hunk> hunks(byte[] before, byte[] after) {
    return new LineDiff(new RawText(before), new RawText(after)).hunks();
  }

  static EditList edits(byte[] before, byte[] after) {
    return new LineDiff(new RawText(before), new RawText(after)).edits();
  }

  private EditList edits() {
    HistogramDiff algorithm = new HistogramDiff();
    // Without it, regions with no rare line in common are replaced whole instead of being handed
    // to an algorithm that is quadratic on input made for it.
    algorithm.setFallbackAlgorithm(null);
    return algorithm.diff(RawTextComparator.DEFAULT, before, after);
  }

  private List<Hunk> hunks() {
    EditList edits = edits();
    List<Hunk> hunks = new ArrayList<>();
    int from = 0;
    for (int i = 0; i < edits.size(); i++) {
      boolean last =
          i + 1 == edits.size()
              || edits.get(i + 1).getBeginA() - edits.get(i).getEndA() > 2 * CONTEXT;
      if (last) {
        hunks.add(hunk(edits.subList(from, i + 1)));
        from = i + 1;
      }
    }
    return hunks;
  }

  private Hunk hunk(List<Edit> edits) {
    Edit first = edits.getFirst();
    int lead = Math.min(CONTEXT, first.getBeginA());
    int oldStart = first.getBeginA() - lead;
    int newStart = first.getBeginB() - lead;
    List<Line> lines = new ArrayList<>();
    int at = oldStart;
    for (Edit edit : edits) {
      context(lines, at, edit.getBeginA());
      for (int i = edit.getBeginA(); i < edit.getEndA(); i++) {
        lines.add(new Line.Deleted(line(before, i)));
      }
      for (int i = edit.getBeginB(); i < edit.getEndB(); i++) {
        lines.add(new Line.Added(line(after, i)));
      }
      at = edit.getEndA();
    }
    context(lines, at, Math.min(at + CONTEXT, before.size()));
    boolean noOld = lines.stream().allMatch(line -> line instanceof Line.Added);
    boolean noNew = lines.stream().allMatch(line -> line instanceof Line.Deleted);
    return new Hunk(oldStart + (noOld ? 0 : 1), newStart + (noNew ? 0 : 1), lines);
  }

  private void context(List<Line> lines, int from, int to) {
    for (int i = from; i < to; i++) {
      lines.add(new Line.Context(line(before, i)));
    }
  }

  private static String line(RawText text, int index) {
    ByteBuffer raw = text.getRawString(index);
    int start = raw.arrayOffset() + raw.position();
    return text(raw.array(), start, start + raw.remaining());
  }
}

package dev.slipway.app.detectors.text;

import dev.slipway.agents.review.FileRole;
import dev.slipway.agents.review.Subject;
import dev.slipway.app.detectors.text.Row.State;
import dev.slipway.change.ChangedLine;
import dev.slipway.change.FileChange;
import dev.slipway.change.SourceTree;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A changed text file as line-oriented detectors read it. */
public final class ChangedFile {
  /** Longer lines are looked at in pieces that overlap, so that nothing costs more than linear. */
  private static final int PIECE = 8_192;

  private static final int OVERLAP = 256;

  /** Whole files larger than this are looked at by their changed regions only. */
  private static final int WHOLE_MAX = 2_000_000;

  private final FileChange change;
  private final Optional<SourceTree> base;
  private final Optional<SourceTree> candidate;
  private final FileRole role;
  private final Syntax syntax;
  private final List<Row> rows;
  private final boolean mentionsAllowance;

  private ChangedFile(
      FileChange change, Optional<SourceTree> base, Optional<SourceTree> candidate) {
    this.change = change;
    this.base = base;
    this.candidate = candidate;
    this.role = FileRole.of(change.path());
    this.syntax = Syntax.of(change.path());
    this.rows = regionRows();
    this.mentionsAllowance =
        rows.stream().anyMatch(row -> !row.isAdded() && Allowances.isIn(row.text()));
  }

  /** The changed files of the subject that can be read, in order. */
  public static List<ChangedFile> of(Subject subject) {
    return subject.diff().files().stream()
        .filter(file -> file.content() == FileChange.Content.TEXT)
        .map(file -> new ChangedFile(file, subject.base(), subject.candidate()))
        .toList();
  }

  public FileChange change() {
    return change;
  }

  public String path() {
    return change.path();
  }

  /** The last part of the path. */
  public String name() {
    return path().substring(path().lastIndexOf('/') + 1);
  }

  public FileRole role() {
    return role;
  }

  public Syntax syntax() {
    return syntax;
  }

  /** The changed regions with their context: kept and added lines, in order. */
  public List<Row> rows() {
    return rows;
  }

  /**
   * The unchanged line above this one if it may hold an allowance; empty text if it is changed, not
   * in view, or there is no allowance in the whole file.
   */
  public String allowanceAbove(Row row) {
    if (!mentionsAllowance) {
      return "";
    }
    return rows.stream()
        .filter(other -> other.number() == row.number() - 1 && !other.isAdded())
        .map(Row::text)
        .findFirst()
        .orElse("");
  }

  /** The added lines, in order. */
  public List<Row> added() {
    return rows.stream().filter(Row::isAdded).toList();
  }

  /** The deleted lines, in order. */
  public List<Row> deleted() {
    List<Row> deleted = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    for (ChangedLine line : change.deleted()) {
      text.append(line.text()).append('\n');
    }
    int at = 0;
    Lexed lexed = Lexed.of(text.toString(), syntax);
    for (ChangedLine line : change.deleted()) {
      cut(line.line(), line.text(), code(line.text(), at, lexed), State.DELETED, deleted);
      at += line.text().length() + 1;
    }
    return deleted;
  }

  /**
   * The whole file after the change, kept and added lines, where the candidate is at hand; else
   * only the changed regions.
   */
  public List<Row> wholeRows() {
    return after().map(this::wholeRows).orElse(rows);
  }

  /** The new side: the whole file where the candidate is at hand, else each hunk that adds. */
  public List<NewSide> newSides() {
    Optional<String> after = after();
    if (after.isEmpty()) {
      return NewSide.of(change);
    }
    Set<Integer> lines = new HashSet<>();
    change.added().forEach(line -> lines.add(line.line()));
    return lines.isEmpty() ? List.of() : List.of(NewSide.of(path(), after.get(), lines));
  }

  /** Any text as unchanged lines, read as this file's are. */
  public List<Row> rowsOf(String text) {
    List<Row> all = new ArrayList<>();
    lines(text, Set.of(), all);
    return all;
  }

  /** The whole file before the change; empty if it is not at hand or did not exist. */
  public Optional<String> before() {
    return base.flatMap(tree -> tree.read(change.oldPath())).flatMap(ChangedFile::text);
  }

  /** The whole file after the change; empty if it is not at hand or was deleted. */
  public Optional<String> after() {
    return candidate.flatMap(tree -> tree.read(path())).flatMap(ChangedFile::text);
  }

  private static Optional<String> text(byte[] content) {
    return content.length > WHOLE_MAX
        ? Optional.empty()
        : Optional.of(new String(content, StandardCharsets.UTF_8));
  }

  private List<Row> wholeRows(String text) {
    Set<Integer> added = new HashSet<>();
    change.added().forEach(line -> added.add(line.line()));
    List<Row> whole = new ArrayList<>();
    lines(text, added, whole);
    return whole;
  }

  private void lines(String text, Set<Integer> added, List<Row> out) {
    Lexed lexed = Lexed.of(text, syntax);
    int start = 0;
    int number = 1;
    while (start < text.length()) {
      int end = text.indexOf('\n', start);
      end = end < 0 ? text.length() : end;
      String line = text.substring(start, end);
      State state = added.contains(number) ? State.ADDED : State.KEPT;
      cut(number, line, code(line, start, lexed), state, out);
      number++;
      start = end + 1;
    }
  }

  private List<Row> regionRows() {
    List<Row> all = new ArrayList<>();
    for (FileChange.Hunk hunk : change.hunks()) {
      StringBuilder text = new StringBuilder();
      for (FileChange.Line line : hunk.lines()) {
        if (!(line instanceof FileChange.Line.Deleted)) {
          text.append(line.text()).append('\n');
        }
      }
      Lexed lexed = Lexed.of(text.toString(), syntax);
      int at = 0;
      int number = hunk.newStart();
      for (FileChange.Line line : hunk.lines()) {
        Optional<State> state = stateOf(line);
        if (state.isPresent()) {
          cut(number, line.text(), code(line.text(), at, lexed), state.get(), all);
          at += line.text().length() + 1;
          number++;
        }
      }
    }
    return List.copyOf(all);
  }

  private static Optional<State> stateOf(FileChange.Line line) {
    return switch (line) {
      case FileChange.Line.Added ignored -> Optional.of(State.ADDED);
      case FileChange.Line.Context ignored -> Optional.of(State.KEPT);
      case FileChange.Line.Deleted ignored -> Optional.empty();
    };
  }

  private static String code(String line, int start, Lexed lexed) {
    char[] code = line.toCharArray();
    boolean changed = false;
    for (int i = 0; i < code.length; i++) {
      if (lexed.at(start + i) == Lexed.Part.COMMENT) {
        code[i] = ' ';
        changed = true;
      }
    }
    return changed ? new String(code) : line;
  }

  /** Splits at bare carriage returns, which end lines for some readers, and cuts what is long. */
  private static void cut(int number, String text, String code, State state, List<Row> out) {
    int start = 0;
    for (int end = text.indexOf('\r'); end >= 0; end = text.indexOf('\r', start)) {
      pieces(number, text.substring(start, end), code.substring(start, end), state, out);
      start = end + 1;
    }
    if (start == 0 || start < text.length()) {
      pieces(number, text.substring(start), code.substring(start), state, out);
    }
  }

  private static void pieces(int number, String text, String code, State state, List<Row> out) {
    for (int at = 0; at == 0 || at < text.length(); at += PIECE - OVERLAP) {
      int end = Math.min(text.length(), at + PIECE);
      out.add(new Row(number, text.substring(at, end), code.substring(at, end), state));
      if (end == text.length()) {
        return;
      }
    }
  }
}

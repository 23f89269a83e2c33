package dev.slipway.app.coverage;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Go's cover profile, which counts blocks from one column to another. With the source at hand a
 * line is executable where a block has more on it than blanks, brackets or a comment, so that a
 * lone closing bracket is no gap; without it every line of a block is.
 *
 * @see <a href="https://pkg.go.dev/golang.org/x/tools/cover">golang.org/x/tools/cover</a>
 */
final class GoProfile {
  private static final Pattern BLOCK =
      Pattern.compile(
          "(?<file>.{1,4000}):(?<line>\\d{1,9})\\.(?<column>\\d{1,9}),"
              + "(?<endLine>\\d{1,9})\\.(?<endColumn>\\d{1,9}) \\d{1,9} (?<count>\\d{1,20})");
  private static final long BLOCK_LINES_MAX = 20_000_000;

  /** Lines count from 1; columns count bytes from 1, and the end's is the first one outside. */
  private record Block(int line, int column, int endLine, int endColumn, String count) {}

  private GoProfile() {}

  static Reported read(String text, GoModules modules) throws Malformed {
    Map<String, List<Block>> byFile = new LinkedHashMap<>();
    int number = 0;
    long lines = 0;
    for (String line : (Iterable<String>) text.lines()::iterator) {
      number++;
      if (line.isBlank() || line.startsWith("mode: ")) {
        continue;
      }
      Matcher matcher = BLOCK.matcher(line);
      if (!matcher.matches()) {
        throw new Malformed("line " + number + " is not a block of a cover profile");
      }
      Block block = block(matcher);
      lines += Math.max(0, block.endLine() - block.line()) + 1;
      if (lines > BLOCK_LINES_MAX) {
        throw new Malformed("its blocks span more than " + BLOCK_LINES_MAX + " lines");
      }
      byFile.computeIfAbsent(matcher.group("file"), file -> new ArrayList<>()).add(block);
    }
    Reported reported = new Reported();
    for (Map.Entry<String, List<Block>> file : byFile.entrySet()) {
      reported.add(modules.names(file.getKey()), "", source -> coverage(file.getValue(), source));
    }
    return reported;
  }

  private static Block block(Matcher matcher) {
    return new Block(
        Integer.parseInt(matcher.group("line")),
        Integer.parseInt(matcher.group("column")),
        Integer.parseInt(matcher.group("endLine")),
        Integer.parseInt(matcher.group("endColumn")),
        matcher.group("count"));
  }

  private static SortedMap<Integer, Boolean> coverage(
      List<Block> blocks, Supplier<Optional<String>> source) {
    Optional<List<String>> text = source.get().map(t -> t.lines().toList());
    Reported.Lines lines = new Reported.Lines();
    for (Block block : blocks) {
      for (int line = block.line(); line <= block.endLine(); line++) {
        if (text.isEmpty() || hasCode(block, line, text.get())) {
          lines.add(line, Reported.Execution.of(block.count()));
        }
      }
    }
    return lines.lines(Optional::empty);
  }

  private static boolean hasCode(Block block, int line, List<String> text) {
    if (line < 1 || line > text.size()) {
      return false;
    }
    String whole = text.get(line - 1);
    int from = line == block.line() ? Math.min(whole.length(), Math.max(0, block.column() - 1)) : 0;
    int to =
        line == block.endLine()
            ? Math.clamp(block.endColumn() - 1L, from, Math.max(from, whole.length()))
            : whole.length();
    String part = whole.substring(from, to).strip();
    return !part.startsWith("//") && part.chars().anyMatch(c -> " \t{}()[];,".indexOf(c) < 0);
  }
}

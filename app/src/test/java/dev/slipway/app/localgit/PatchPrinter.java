package dev.slipway.app.localgit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.change.Diff;
import dev.slipway.change.FileChange;
import dev.slipway.change.FileChange.Content;
import dev.slipway.change.FileChange.Hunk;
import dev.slipway.change.FileChange.Kind;
import dev.slipway.change.FileChange.Line;

/** Prints diffs as git does, by git's documentation of its format. */
final class PatchPrinter {
  private PatchPrinter() {}

  static String print(Diff diff) {
    StringBuilder out = new StringBuilder();
    diff.files().forEach(file -> print(file, out));
    return out.toString();
  }

  static void print(FileChange file, StringBuilder out) {
    String old = quoted("a/" + file.oldPath());
    String current = quoted("b/" + file.path());
    out.append("diff --git ").append(old).append(' ').append(current).append('\n');
    switch (file.kind()) {
      case ADDED -> out.append("new file mode ").append(octal(file.mode())).append('\n');
      case DELETED -> out.append("deleted file mode ").append(octal(file.oldMode())).append('\n');
      case MODIFIED, RENAMED, COPIED -> modes(file, out);
    }
    if (file.kind() == Kind.RENAMED || file.kind() == Kind.COPIED) {
      String verb = file.kind() == Kind.RENAMED ? "rename" : "copy";
      out.append("similarity index ").append(file.hunks().isEmpty() ? "100%" : "70%").append('\n');
      out.append(verb).append(" from ").append(quoted(file.oldPath())).append('\n');
      out.append(verb).append(" to ").append(quoted(file.path())).append('\n');
    }
    out.append(index(file));
    if (file.content() == Content.BINARY) {
      out.append("GIT binary patch\nliteral 5\nMcmZQ\n\nliteral 0\nHcmV?d00001\n\n");
    } else if (!file.hunks().isEmpty()) {
      out.append("--- ").append(file.kind() == Kind.ADDED ? "/dev/null" : tabbed(old)).append('\n');
      out.append("+++ ")
          .append(file.kind() == Kind.DELETED ? "/dev/null" : tabbed(current))
          .append('\n');
      file.hunks().forEach(hunk -> print(hunk, out));
    }
  }

  private static void modes(FileChange file, StringBuilder out) {
    if (file.oldMode() != file.mode()) {
      out.append("old mode ").append(octal(file.oldMode())).append('\n');
      out.append("new mode ").append(octal(file.mode())).append('\n');
    }
  }

  private static String index(FileChange file) {
    boolean changed = !file.hunks().isEmpty() || file.content() == Content.BINARY;
    return switch (file.kind()) {
      case ADDED -> "index 0000000.." + (changed ? "1234567" : "e69de29") + "\n";
      case DELETED -> "index " + (changed ? "1234567" : "e69de29") + "..0000000\n";
      case MODIFIED, RENAMED, COPIED ->
          !changed
              ? ""
              : "index 1234567..89abcde"
                  + (file.mode() == file.oldMode() ? " " + octal(file.mode()) : "")
                  + "\n";
    };
  }

  private static void print(Hunk hunk, StringBuilder out) {
    long old = hunk.lines().stream().filter(line -> !(line instanceof Line.Added)).count();
    long current = hunk.lines().stream().filter(line -> !(line instanceof Line.Deleted)).count();
    out.append(
        "@@ -%d%s +%d%s @@ void method() {\n"
            .formatted(
                hunk.oldStart(),
                old == 1 ? "" : "," + old,
                hunk.newStart(),
                current == 1 ? "" : "," + current));
    for (Line line : hunk.lines()) {
      out.append(
          switch (line) {
            case Line.Context ignored -> ' ';
            case Line.Added ignored -> '+';
            case Line.Deleted ignored -> '-';
          });
      // A text that ends in a carriage return came from a line with two.
      out.append(line.text()).append(line.text().endsWith("\r") ? "\r\n" : "\n");
    }
  }

  private static String octal(int mode) {
    return "%06o".formatted(mode);
  }

  private static String tabbed(String name) {
    return name.contains(" ") && !name.startsWith("\"") ? name + "\t" : name;
  }

  static String quoted(String name) {
    StringBuilder out = new StringBuilder();
    boolean plain = true;
    for (byte b : name.getBytes(UTF_8)) {
      int escape = "\u0007\b\t\n\u000b\f\r\"\\".indexOf((char) (b & 0xff));
      if (escape >= 0) {
        out.append('\\').append("abtnvfr\"\\".charAt(escape));
        plain = false;
      } else if (b < 0x20 || b == 0x7f) {
        out.append("\\%03o".formatted(b & 0xff));
        plain = false;
      } else {
        out.append((char) b);
      }
    }
    return plain ? name : "\"" + out + "\"";
  }
}

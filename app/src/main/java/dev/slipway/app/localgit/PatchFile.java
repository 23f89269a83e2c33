package dev.slipway.app.localgit;

import dev.slipway.change.FileChange;
import dev.slipway.change.FileChange.Content;
import dev.slipway.change.FileChange.Hunk;
import dev.slipway.change.FileChange.Kind;
import dev.slipway.change.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One file of a patch while it is read. Names are kept as one character per byte. */
final class PatchFile {
  private static final int REGULAR = 0100644;

  /** How the object name of an empty file starts, SHA-1 and SHA-256. */
  private static final List<String> EMPTY = List.of("e69de29", "473a0f4");

  private final int line;
  private final List<Hunk> hunks = new ArrayList<>();
  private Optional<String> gitName = Optional.empty();
  private Optional<String> from = Optional.empty();
  private Optional<String> to = Optional.empty();
  private Kind kind = Kind.MODIFIED;
  private Content content = Content.TEXT;
  private int oldMode = -1;
  private int mode = -1;
  private boolean git;
  private boolean sides;
  private boolean whole = true;
  private String index = "";

  private PatchFile(int line) {
    this.line = line;
  }

  /** One that starts with a {@code diff --git} line, of which this is the rest. */
  static PatchFile git(int line, String rest) {
    PatchFile file = new PatchFile(line);
    file.git = true;
    file.gitName = PatchNames.same(rest);
    return file;
  }

  /** One that starts with its {@code ---} line. */
  static PatchFile plain(int line) {
    return new PatchFile(line);
  }

  /** Takes an extended header line of git; whether it was one. */
  boolean header(String header) {
    if (header.startsWith("old mode ")) {
      oldMode = octal(header);
    } else if (header.startsWith("new mode ")) {
      mode = octal(header);
    } else if (header.startsWith("new file mode ")) {
      kind = Kind.ADDED;
      mode = octal(header);
    } else if (header.startsWith("deleted file mode ")) {
      kind = Kind.DELETED;
      oldMode = octal(header);
    } else if (header.startsWith("rename from ") || header.startsWith("copy from ")) {
      kind = header.startsWith("copy") ? Kind.COPIED : Kind.RENAMED;
      from = PatchNames.name(header.substring(header.indexOf(" from ") + 6));
    } else if (header.startsWith("rename to ") || header.startsWith("copy to ")) {
      to = PatchNames.name(header.substring(header.indexOf(" to ") + 4));
    } else if (header.startsWith("similarity index ")) {
      whole = header.equals("similarity index 100%");
    } else if (header.startsWith("index ")) {
      index(header);
    } else {
      return header.startsWith("dissimilarity index ");
    }
    return true;
  }

  private static int octal(String header) {
    String digits = header.substring(header.lastIndexOf(' ') + 1);
    return digits.matches("[0-7]{6}") ? Integer.parseInt(digits, 8) : -1;
  }

  private void index(String header) {
    String[] words = header.split(" ", 3);
    index = words[1];
    if (words.length == 3 && octal(header) >= 0) {
      oldMode = octal(header);
      mode = oldMode;
    }
  }

  /** Takes what follows {@code ---} and {@code +++}. */
  void sides(String oldRest, String currentRest) {
    sides = true;
    String old = PatchNames.name(oldRest).orElse("");
    String current = PatchNames.name(currentRest).orElse("");
    boolean noOld = old.equals(PatchNames.NONE) || (!git && epoch(oldRest));
    boolean noCurrent = current.equals(PatchNames.NONE) || (!git && epoch(currentRest));
    PatchNames.Pair names = PatchNames.strip(old, current);
    if (noOld && !noCurrent) {
      kind = Kind.ADDED;
    } else if (noCurrent && !noOld) {
      kind = Kind.DELETED;
    }
    boolean oneSided = old.equals(PatchNames.NONE) || current.equals(PatchNames.NONE);
    if (oneSided && gitName.isPresent()) {
      return; // the only place that shows whether there are prefixes
    }
    if (from.isEmpty() && to.isEmpty()) {
      from = named(old.equals(PatchNames.NONE) ? names.current() : names.old());
      to = named(current.equals(PatchNames.NONE) ? names.old() : names.current());
    }
  }

  /** What {@code diff -N} writes for the side that is not there. */
  private static boolean epoch(String rest) {
    int tab = rest.indexOf('\t');
    return tab >= 0 && rest.startsWith("1970-01-01 00:00:00", tab + 1);
  }

  private static Optional<String> named(String name) {
    return name.isEmpty() || name.equals(PatchNames.NONE) ? Optional.empty() : Optional.of(name);
  }

  boolean hasSides() {
    return sides;
  }

  boolean hasHunks() {
    return !hunks.isEmpty();
  }

  void binary() {
    content = Content.BINARY;
  }

  void add(Hunk hunk) {
    hunks.add(hunk);
  }

  /** The line after the last hunk's on the new side. */
  int newEnd() {
    if (hunks.isEmpty()) {
      return 0;
    }
    Hunk last = hunks.getLast();
    long lines =
        last.lines().stream().filter(each -> !(each instanceof FileChange.Line.Deleted)).count();
    return last.newStart() + (int) lines;
  }

  /** The name for messages. */
  String shown() {
    return "'" + Printable.of(path()) + "'";
  }

  private String path() {
    return to.or(() -> gitName)
        .or(() -> from)
        .map(PatchNames::decode)
        .orElse("(unnamed file at line " + line + ")");
  }

  private String oldPath() {
    return kind == Kind.ADDED
        ? path()
        : from.or(() -> gitName).map(PatchNames::decode).orElse(path());
  }

  FileChange build() {
    int current = kind == Kind.DELETED ? 0 : mode >= 0 ? mode : oldMode >= 0 ? oldMode : REGULAR;
    int old = kind == Kind.ADDED ? 0 : oldMode >= 0 ? oldMode : mode >= 0 ? mode : REGULAR;
    String path = kind == Kind.DELETED ? oldPath() : path();
    return new FileChange(
        kind,
        oldPath(),
        path,
        old,
        current,
        content,
        content == Content.BINARY ? List.of() : hunks);
  }

  /** What of this file is not there, if something is not. */
  Optional<String> omission() {
    if (to.isEmpty() && from.isEmpty() && gitName.isEmpty()) {
      return Optional.of("the file at line " + line + " has no readable name");
    }
    String path = path();
    List<String> steps = List.of(path.split("/"));
    if (path.startsWith("/") || steps.contains("..")) {
      return Optional.of("the path " + shown() + " leads outside the repository");
    }
    if (steps.stream().anyMatch(".git"::equalsIgnoreCase)) {
      return Optional.of("the path " + shown() + " leads into git's own directory");
    }
    if (content == Content.BINARY || !hunks.isEmpty()) {
      return Optional.empty();
    }
    boolean complete =
        !sides
            && switch (kind) {
              case MODIFIED -> mode != oldMode;
              case RENAMED, COPIED -> whole;
              case ADDED, DELETED -> index.isEmpty() || EMPTY.stream().anyMatch(this::isOneSide);
            };
    return complete ? Optional.empty() : Optional.of("the lines of " + shown() + " are missing");
  }

  private boolean isOneSide(String empty) {
    return index.startsWith(empty) || index.contains(".." + empty);
  }
}

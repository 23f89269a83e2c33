package dev.slipway.app.localgit;

import dev.slipway.app.localgit.UnifiedDiff.Outcome;
import dev.slipway.change.Diff;
import dev.slipway.change.FileChange;
import dev.slipway.change.FileChange.Hunk;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads one patch, line by line, in one pass. */
final class PatchReader {
  private static final int FILES_MAX = 3_000;
  private static final int OMISSIONS_NAMED_MAX = 10;

  /** Forges cut at this many files; a patch of exactly as many may be the beginning of a longer. */
  private static final int FORGE_FILES_MAX = 300;

  private final PatchLines lines;
  private final HunkReader hunks;
  private final PatchMessages messages = new PatchMessages(this::omit);
  private final List<FileChange> files = new ArrayList<>();
  private final Set<String> omissions = new LinkedHashSet<>();
  private Optional<PatchFile> file = Optional.empty();

  /** Where in a file the reader is: what a line means depends on it. */
  private enum Place {
    /** Before the first file or between commits: words of people. */
    MESSAGE,
    /** After a {@code diff --git} line. */
    HEADER,
    /** After lines of a file. */
    BODY
  }

  private Place place = Place.MESSAGE;

  PatchReader(byte[] input) {
    this.lines = new PatchLines(input);
    this.hunks = new HunkReader(lines, this::omit);
  }

  /** Notes that something could not be read. */
  void omit(String what) {
    if (omissions.size() < OMISSIONS_NAMED_MAX) {
      omissions.add(what);
    }
  }

  Outcome read() {
    while (!lines.atEnd()) {
      if (files.size() >= FILES_MAX) {
        omit("there are more than " + FILES_MAX + " files");
        break;
      }
      if (hunks.isExhausted()) {
        omit("the changes hold more than " + HunkReader.TEXT_BYTES_MAX + " bytes of text");
        break;
      }
      line();
    }
    finishFile();
    messages.finish(files);
    if (files.isEmpty()) {
      return new Outcome.Unreadable(messages.whyEmpty());
    }
    if (files.size() == FORGE_FILES_MAX) {
      omit("there are exactly " + FORGE_FILES_MAX + " files, where forges cut");
    }
    Diff diff =
        omissions.isEmpty()
            ? Diff.complete(files)
            : new Diff(files, new Diff.Completeness.Truncated(String.join("; ", omissions)));
    return new Outcome.Read(diff, messages.messages());
  }

  private void line() {
    if (lines.startsWith("diff --git ")) {
      begin(PatchFile.git(lines.number(), lines.raw(11)), Place.HEADER);
      lines.advance();
    } else if (lines.startsWith("diff --cc ") || lines.startsWith("diff --combined ")) {
      combined();
    } else if (place == Place.HEADER && file.orElseThrow().header(lines.raw(0))) {
      lines.advance();
    } else if (lines.startsWith("--- ") && lines.nextStartsWith("+++ ")) {
      sides();
    } else if (lines.startsWith("@@ -")) {
      hunk();
    } else if (lines.startsWith("GIT binary patch")) {
      binary();
    } else if (lines.startsWith("Binary files ") && lines.raw(0).endsWith(" differ")) {
      binaryFiles();
    } else {
      other();
    }
  }

  private void begin(PatchFile next, Place where) {
    finishFile();
    file = Optional.of(next);
    place = where;
  }

  private void finishFile() {
    file.ifPresent(
        done -> {
          done.omission().ifPresent(this::omit);
          files.add(done.build());
        });
    file = Optional.empty();
  }

  private void combined() {
    int at = lines.number();
    PatchFile merged = PatchFile.git(at, "");
    String name = lines.raw(lines.raw(0).indexOf(' ', 5) + 1);
    merged.header("rename to " + name);
    begin(merged, Place.BODY);
    omit("line " + at + " begins the combined diff of a merge, which is not read");
    lines.advance();
  }

  private void sides() {
    if (file.isEmpty() || file.get().hasSides() || place != Place.HEADER) {
      begin(PatchFile.plain(lines.number()), Place.BODY);
    }
    String old = lines.raw(4);
    lines.advance();
    file.orElseThrow().sides(old, lines.raw(4));
    place = Place.BODY;
    lines.advance();
  }

  private void hunk() {
    int at = lines.number();
    if (file.isEmpty()) {
      omit("line " + at + " begins a hunk of no file");
      begin(PatchFile.plain(at), Place.BODY);
    }
    PatchFile current = file.orElseThrow();
    Optional<Hunk> hunk = hunks.read(current.shown());
    if (hunk.isPresent()) {
      if (current.hasHunks() && hunk.get().newStart() < current.newEnd()) {
        omit("the hunk of " + current.shown() + " at line " + at + " overlaps the one before");
      }
      current.add(hunk.get());
    }
    place = Place.BODY;
  }

  /** Two blocks of lines, each ended by an empty one; never decoded. */
  private void binary() {
    file.ifPresentOrElse(
        PatchFile::binary, () -> omit("line " + lines.number() + " is binary data of no file"));
    lines.advance();
    int ends = 0;
    while (!lines.atEnd() && (lines.startsWith("literal ") || lines.startsWith("delta "))) {
      while (!lines.atEnd() && lines.first() != '\n') {
        lines.advance();
      }
      if (lines.atEnd()) {
        omit("the binary data before line " + lines.number() + " is cut off");
        return;
      }
      ends++;
      lines.advance();
    }
    if (ends == 0) {
      omit("the binary data at line " + lines.number() + " is missing");
    }
    place = Place.BODY;
  }

  private void binaryFiles() {
    if (file.isEmpty() || place != Place.HEADER) {
      String both = lines.raw("Binary files ".length());
      String rest = both.substring(0, both.length() - " differ".length());
      int and = rest.indexOf(" and ");
      begin(PatchFile.plain(lines.number()), Place.BODY);
      file.orElseThrow()
          .sides(rest.substring(0, Math.max(and, 0)), rest.substring(and < 0 ? 0 : and + 5));
    }
    file.orElseThrow().binary();
    place = Place.BODY;
    lines.advance();
  }

  private void other() {
    String line = lines.raw(0);
    if (line.startsWith("@@@")) {
      omit("line " + lines.number() + " is of the combined diff of a merge, which is not read");
    } else if (isWithoutContent(line) && (place != Place.MESSAGE || !messages.inCommit())) {
      omit("line " + lines.number() + " names a file without its content");
    } else if (place == Place.BODY && isStray(line)) {
      omit("line " + lines.number() + " is of no hunk");
    }
    if (PatchMessages.begins(line)) {
      finishFile();
      messages.begin(files);
      place = Place.MESSAGE;
    }
    if (place == Place.MESSAGE) {
      messages.line(line);
    }
    lines.advance();
  }

  /** What {@code diff -r} and {@code diff -q} say instead of showing a difference. */
  private static boolean isWithoutContent(String line) {
    return (line.startsWith("Only in ") && line.contains(": "))
        || (line.startsWith("Files ") && line.endsWith(" differ"));
  }

  /** A line that looks like part of a hunk, and is not the signature that ends a mail. */
  private static boolean isStray(String line) {
    return line.startsWith("+") || (line.startsWith("-") && !line.stripTrailing().equals("--"));
  }
}

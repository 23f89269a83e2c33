package dev.slipway.app.localgit;

import dev.slipway.app.localgit.UnifiedDiff.Message;
import dev.slipway.change.FileChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What stands between the files of a patch: mail headers of {@code format-patch}, or the heads of
 * {@code git log}, with the commits' messages and the totals by which a cut patch is found out.
 */
final class PatchMessages {
  private static final int BODY_CHARS_MAX = 100_000;
  private static final Pattern TOTALS =
      Pattern.compile(
          " ([0-9]{1,9}) files? changed(?:, ([0-9]{1,9}) insertions?\\(\\+\\))?"
              + "(?:, ([0-9]{1,9}) deletions?\\(-\\))?");
  private static final Pattern ENCODED =
      Pattern.compile("(?i)content-transfer-encoding:\\s*(base64|quoted-printable)\\s*");

  private record Totals(int files, int insertions, int deletions) {}

  private final Consumer<String> omissions;
  private final List<Message> messages = new ArrayList<>();
  private final StringBuilder body = new StringBuilder();
  private String author = "";
  private StringBuilder subject = new StringBuilder();
  private boolean inHead;
  private boolean inSubject;
  private boolean afterRule;
  private boolean coloured;
  private boolean encoded;
  private int firstFile;
  private Optional<Totals> totals = Optional.empty();

  PatchMessages(Consumer<String> omissions) {
    this.omissions = omissions;
  }

  /** Whether the line begins a commit: of a mailbox, or of a log. */
  static boolean begins(String line) {
    return line.matches("From [0-9a-f]{40,64} .*") || line.matches("commit [0-9a-f]{40,64}.*");
  }

  /** Another commit begins after these files. */
  void begin(List<FileChange> files) {
    finish(files);
    inHead = true;
  }

  /** All files of the present commit were read. */
  void finish(List<FileChange> files) {
    totals.ifPresent(said -> compare(said, files.subList(firstFile, files.size())));
    firstFile = files.size();
    totals = Optional.empty();
    if (!author.isEmpty() || !subject.isEmpty()) {
      messages.add(new Message(author, subject.toString().strip(), body.toString().strip()));
    }
    author = "";
    subject = new StringBuilder();
    body.setLength(0);
    inSubject = false;
    afterRule = false;
    inHead = false;
  }

  private void compare(Totals said, List<FileChange> found) {
    int insertions = found.stream().mapToInt(file -> file.added().size()).sum();
    int deletions = found.stream().mapToInt(file -> file.deleted().size()).sum();
    // A file that becomes a link is one in the totals and two in the patch.
    if (found.size() < said.files()
        || insertions != said.insertions()
        || deletions != said.deletions()) {
      omissions.accept(
          "the patch's own totals say %d files, %d insertions, %d deletions; it holds %d, %d, %d"
              .formatted(
                  said.files(),
                  said.insertions(),
                  said.deletions(),
                  found.size(),
                  insertions,
                  deletions));
    }
  }

  /** A line that is not of a file, one character per byte. */
  void line(String raw) {
    coloured |= raw.startsWith("\u001b[");
    if (ENCODED.matcher(raw).matches() && inHead) {
      encoded = true;
      omissions.accept("the mail is encoded; decode it first: git mailinfo msg patch < FILE");
    }
    Matcher sum = TOTALS.matcher(raw);
    if (afterRule && sum.matches()) {
      totals = Optional.of(new Totals(number(sum, 1), number(sum, 2), number(sum, 3)));
    }
    if (inHead) {
      head(PatchNames.decode(raw));
    } else if (raw.equals("---")) {
      afterRule = true;
    } else if (!afterRule && body.length() < BODY_CHARS_MAX) {
      body(PatchNames.decode(raw));
    }
  }

  private static int number(Matcher sum, int group) {
    String digits = sum.group(group);
    return digits == null ? 0 : Integer.parseInt(digits);
  }

  private void head(String line) {
    if (line.isEmpty()) {
      inHead = false;
    } else if (line.startsWith("Subject: ")) {
      subject.append(line, "Subject: ".length(), line.length());
    } else if (inSubject && line.startsWith(" ")) {
      subject.append(line);
    } else if (line.startsWith("From: ") || line.startsWith("Author: ")) {
      author = MailWords.decode(line.substring(line.indexOf(' ') + 1).strip());
    }
    inSubject = line.startsWith("Subject: ") || (inSubject && line.startsWith(" "));
    if (!inHead) {
      String title = MailWords.decode(subject.toString()).replaceFirst("^\\[PATCH[^\\]]*\\] *", "");
      subject = new StringBuilder(title);
    }
  }

  /** The message; of a log it is indented, and its first line is the subject. */
  private void body(String line) {
    if (subject.isEmpty() && !author.isEmpty() && !line.isBlank()) {
      subject.append(line.strip());
    } else {
      body.append(line).append('\n');
    }
  }

  /** Whether the lines are those of a commit. */
  boolean inCommit() {
    return inHead || !author.isEmpty();
  }

  List<Message> messages() {
    return messages;
  }

  /** Why there is no file. */
  String whyEmpty() {
    if (coloured) {
      return "the input has terminal colours in it; make it with --no-color";
    }
    return encoded
        ? "the input is an encoded mail; decode it first: git mailinfo msg patch < FILE"
        : "there is no changed file in the input; it takes unified diffs, as of git diff";
  }
}

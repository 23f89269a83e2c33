package dev.slipway.app.detectors.workflows;

import dev.slipway.app.detectors.text.ChangedFile;
import dev.slipway.app.detectors.text.Findings;
import dev.slipway.app.detectors.text.Row;
import dev.slipway.change.FileChange;
import dev.slipway.change.Printable;
import dev.slipway.policy.Finding.Severity;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Container images: bases that can change, root, files from the network. */
final class Dockerfiles implements Check {
  private static final Pattern FROM =
      Pattern.compile(
          "(?i)^\\s*+FROM\\s++(?:--\\S++\\s++)*+(\\S{1,300}+)(?:\\s++AS\\s++(\\S{1,100}+))?+");
  private static final Pattern USER = Pattern.compile("(?i)^\\s*+USER\\s++(\\S{1,100}+)");
  private static final Pattern ADD =
      Pattern.compile("(?i)^\\s*+ADD\\s++(.{0,200}?)(https?://\\S{1,500}+)");

  @Override
  public void inspect(ChangedFile file, Findings findings) {
    if (!isDockerfile(file.name())) {
      return;
    }
    List<Row> rows = file.wholeRows();
    Set<String> stages = new HashSet<>();
    for (int i = 0; i < rows.size(); i++) {
      Row row = rows.get(i);
      Matcher from = FROM.matcher(row.code());
      if (from.find()) {
        if (row.isAdded()) {
          boolean asRoot = isWhole(file) && runsAsRoot(rows.subList(i + 1, rows.size()));
          base(file, row, from.group(1), stages, asRoot, findings);
        }
        if (from.group(2) != null) {
          stages.add(from.group(2).toLowerCase(Locale.ROOT));
        }
      }
      if (row.isAdded()) {
        add(file, row, findings);
      }
    }
    becomesRoot(file, rows, findings);
    staysRoot(file, rows, findings);
  }

  static boolean isDockerfile(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.startsWith("dockerfile")
        || lower.endsWith(".dockerfile")
        || lower.startsWith("containerfile");
  }

  private static void base(
      ChangedFile file,
      Row row,
      String image,
      Set<String> stages,
      boolean asRoot,
      Findings findings) {
    String lower = image.toLowerCase(Locale.ROOT);
    if (stages.contains(lower)
        || lower.equals("scratch")
        || lower.contains("$")
        || lower.contains("@sha256:")) {
      return;
    }
    String name = lower.substring(lower.lastIndexOf('/') + 1);
    boolean moving = !name.contains(":") || name.endsWith(":latest");
    findings.add(
        "docker.unpinned-image",
        moving ? (asRoot ? Severity.HIGH : Severity.MEDIUM) : Severity.LOW,
        file,
        row,
        "the base image "
            + Printable.of(image)
            + (moving ? " has no fixed version" : " is not pinned by digest")
            + (moving && asRoot ? ", and the container runs as root" : ""));
  }

  /** Whether no line can be out of view. */
  private static boolean isWhole(ChangedFile file) {
    return file.change().kind() == FileChange.Kind.ADDED || file.after().isPresent();
  }

  /** Whether this is the last stage, and nothing in it makes an ordinary user of root. */
  private static boolean runsAsRoot(List<Row> below) {
    return below.stream().noneMatch(row -> FROM.matcher(row.code()).find() || leavesRoot(row));
  }

  private static void add(ChangedFile file, Row row, Findings findings) {
    Matcher add = ADD.matcher(row.code());
    if (add.find() && !add.group(1).contains("--checksum=")) {
      boolean plain = add.group(2).toLowerCase(Locale.ROOT).startsWith("http:");
      findings.add(
          "docker.add-remote",
          Severity.HIGH,
          file,
          row,
          plain
              ? "a file goes into the image that anyone on the way can change"
              : "a file from the network goes into the image unchecked; give --checksum");
    }
  }

  private static void becomesRoot(ChangedFile file, List<Row> rows, Findings findings) {
    for (int i = 0; i < rows.size(); i++) {
      Row row = rows.get(i);
      Matcher user = USER.matcher(row.code());
      if (row.isAdded() && user.find() && isRoot(user.group(1))) {
        boolean last = rows.stream().skip(i + 1L).noneMatch(Dockerfiles::changesUser);
        findings.add(
            "docker.root",
            last ? Severity.HIGH : Severity.LOW,
            file,
            row,
            last ? "the container runs as root" : "part of the image is built as root");
      }
    }
  }

  private static void staysRoot(ChangedFile file, List<Row> rows, Findings findings) {
    if (file.deleted().stream().anyMatch(Dockerfiles::leavesRoot)
        && rows.stream().noneMatch(Dockerfiles::leavesRoot)) {
      findings.add(
          "docker.root",
          Severity.HIGH,
          file.path(),
          "the line that made the container run as an ordinary user is removed");
    }
  }

  private static boolean changesUser(Row row) {
    return USER.matcher(row.code()).find() || FROM.matcher(row.code()).find();
  }

  private static boolean leavesRoot(Row row) {
    Matcher user = USER.matcher(row.code());
    return user.find() && !isRoot(user.group(1));
  }

  private static boolean isRoot(String user) {
    String name = user.split(":", 2)[0];
    return name.equals("root") || name.equals("0");
  }
}

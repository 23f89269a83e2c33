package dev.slipway.app.detectors.integrations;

import dev.slipway.agents.review.FileRole;
import dev.slipway.agents.review.Subject;
import dev.slipway.app.detectors.integrations.Lead.Where;
import dev.slipway.app.detectors.text.ChangedFile;
import dev.slipway.app.detectors.text.Row;
import dev.slipway.change.SourceTree;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the base names already. Looks at the changed files' own old text first, then at the base's
 * other files, nearest first, within a bound: what is not found there counts as new.
 */
final class Known {
  private static final int FILES_MAX = 2_000;
  private static final long BYTES_MAX = 16_000_000;
  private static final int FILE_BYTES_MAX = 1_000_000;
  private static final int NAMES_MAX = 128;

  private static final Set<String> UNREADABLE =
      Set.of(
          "png", "jpg", "jpeg", "gif", "ico", "svg", "woff", "woff2", "ttf", "pdf", "zip", "jar",
          "gz", "mp4", "mp3", "webp", "class", "so", "dll", "exe", "css", "scss", "snap", "csv");

  private final Set<String> known = new HashSet<>();
  private final Set<String> open;

  private Known(Set<String> names) {
    this.open = new LinkedHashSet<>(names);
  }

  /** Those of the leads' traces that the base has, as whole words. */
  static Set<String> of(Subject subject, List<ChangedFile> files, List<Lead> leads) {
    Known search =
        new Known(
            leads.stream()
                .flatMap(lead -> lead.traces().stream())
                .collect(Collectors.toCollection(LinkedHashSet::new)));
    for (ChangedFile file : files) {
      if (file.role() != FileRole.DOCUMENTATION) {
        file.rows().stream().filter(row -> !row.isAdded()).map(Row::text).forEach(search::read);
        file.deleted().stream().map(Row::text).forEach(search::read);
      }
    }
    subject.base().ifPresent(base -> search.read(base, leads));
    return search.known;
  }

  private void read(String text) {
    if (!open.isEmpty()) {
      open.stream().filter(name -> holds(text, name)).toList().forEach(this::found);
    }
  }

  private void found(String name) {
    open.remove(name);
    known.add(name);
  }

  private void read(SourceTree base, List<Lead> leads) {
    if (open.isEmpty() || open.size() > NAMES_MAX) {
      return;
    }
    Set<Where> where =
        leads.stream()
            .filter(lead -> lead.traces().stream().anyMatch(open::contains))
            .map(Lead::where)
            .collect(Collectors.toSet());
    Set<String> endings =
        leads.stream().map(lead -> ending(lead.file().path())).collect(Collectors.toSet());
    List<String> paths =
        base.paths().stream()
            .filter(path -> isIn(path, where))
            .sorted(Comparator.comparing((String path) -> !endings.contains(ending(path))))
            .limit(FILES_MAX)
            .toList();
    long bytes = 0;
    for (String path : paths) {
      byte[] content = base.read(path).orElse(new byte[0]);
      if (content.length > FILE_BYTES_MAX) {
        continue;
      }
      bytes += content.length;
      if (open.isEmpty() || bytes > BYTES_MAX) {
        return;
      }
      // One byte is one character: names are ASCII, and nothing needs to be decoded.
      read(new String(content, StandardCharsets.ISO_8859_1));
    }
  }

  private static boolean isIn(String path, Set<Where> where) {
    FileRole role = FileRole.of(path);
    if (role == FileRole.LOCK || role == FileRole.GENERATED || role == FileRole.DOCUMENTATION) {
      return false;
    }
    return (where.contains(Where.ANY_FILE) && !UNREADABLE.contains(ending(path)))
        || (where.contains(Where.MANIFESTS) && Manifest.of(path).isPresent())
        || (where.contains(Where.DEPLOYMENTS) && Deployments.isDeployment(path));
  }

  private static String ending(String path) {
    return path.substring(path.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
  }

  /** Whether the text has the name, not as a part of a longer one. */
  static boolean holds(String text, String name) {
    for (int at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
      int end = at + name.length();
      boolean starts = at == 0 || !isNameChar(text.charAt(at - 1));
      boolean ends = end >= text.length() || !isNameChar(text.charAt(end));
      if (starts && ends) {
        return true;
      }
    }
    return false;
  }

  private static boolean isNameChar(char c) {
    return c == '_' || c == '-' || (c < 128 && Character.isLetterOrDigit(c));
  }
}

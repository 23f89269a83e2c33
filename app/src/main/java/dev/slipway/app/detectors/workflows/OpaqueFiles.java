package dev.slipway.app.detectors.workflows;

import dev.slipway.app.detectors.text.Findings;
import dev.slipway.change.ChangedLine;
import dev.slipway.change.Diff;
import dev.slipway.change.FileChange;
import dev.slipway.change.FileChange.Content;
import dev.slipway.change.FileChange.Kind;
import dev.slipway.change.Printable;
import dev.slipway.policy.Finding.Severity;
import java.util.Locale;
import java.util.Set;

/** Files whose effect a diff does not show: programs, links, other repositories. */
final class OpaqueFiles {
  private static final int SYMBOLIC_LINK = 0120000;
  private static final int SUBMODULE = 0160000;

  private static final Set<String> PROGRAMS =
      Set.of(
          "jar", "war", "ear", "class", "exe", "dll", "so", "dylib", "pyc", "pyo", "pyd", "node",
          "wasm", "bin", "o", "a", "lib", "whl", "egg", "gem", "apk", "aar", "msi", "deb", "rpm",
          "dex", "com", "scr", "sys", "ko", "nupkg", "crx", "xpi", "phar");

  private OpaqueFiles() {}

  static void inspect(Diff diff, Findings findings) {
    for (FileChange file : diff.files()) {
      if (file.kind() == Kind.DELETED) {
        continue;
      }
      String lower = file.path().toLowerCase(Locale.ROOT);
      String ending = lower.substring(lower.lastIndexOf('.') + 1);
      if (file.mode() == SUBMODULE) {
        findings.add(
            "opaque.submodule",
            Severity.MEDIUM,
            file.path(),
            "code of another repository comes in by its commit alone");
      } else if (file.mode() == SYMBOLIC_LINK) {
        link(file, findings);
      } else if (file.content() == Content.BINARY && PROGRAMS.contains(ending)) {
        findings.add(
            "opaque.program",
            lower.endsWith("-wrapper.jar") ? Severity.HIGH : Severity.MEDIUM,
            file.path(),
            "a compiled program that nobody can read in a review");
      }
    }
  }

  private static void link(FileChange file, Findings findings) {
    for (ChangedLine line : file.added()) {
      if (leaves(file.path(), line.text())) {
        findings.add(
            "opaque.link",
            Severity.HIGH,
            file.path(),
            "a symbolic link out of the repository, to " + Printable.of(line.text()));
      }
    }
  }

  /** Whether a link at this path with this target leads out of the tree. */
  private static boolean leaves(String path, String target) {
    if (target.startsWith("/") || target.startsWith("\\") || target.contains(":")) {
      return true;
    }
    int depth = path.split("/", -1).length - 1;
    for (String part : target.split("[/\\\\]")) {
      depth += part.equals("..") ? -1 : part.isEmpty() || part.equals(".") ? 0 : 1;
      if (depth < 0) {
        return true;
      }
    }
    return false;
  }
}

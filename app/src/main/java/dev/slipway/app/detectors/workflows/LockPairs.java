package dev.slipway.app.detectors.workflows;

import dev.slipway.agents.review.FileRole;
import dev.slipway.agents.review.Subject;
import dev.slipway.app.detectors.text.ChangedFile;
import dev.slipway.app.detectors.text.Findings;
import dev.slipway.change.FileChange;
import dev.slipway.change.FileChange.Kind;
import dev.slipway.change.SourceTree;
import dev.slipway.policy.Finding.Severity;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** A lock file and the manifest it is made from, which change together. */
final class LockPairs {
  private static final Map<String, List<String>> MANIFESTS =
      Map.ofEntries(
          Map.entry("package-lock.json", List.of("package.json")),
          Map.entry("npm-shrinkwrap.json", List.of("package.json")),
          Map.entry("yarn.lock", List.of("package.json")),
          Map.entry("pnpm-lock.yaml", List.of("package.json", "pnpm-workspace.yaml")),
          Map.entry("bun.lock", List.of("package.json")),
          Map.entry("poetry.lock", List.of("pyproject.toml")),
          Map.entry("uv.lock", List.of("pyproject.toml")),
          Map.entry("pdm.lock", List.of("pyproject.toml")),
          Map.entry("pipfile.lock", List.of("pipfile")),
          Map.entry("cargo.lock", List.of("cargo.toml")),
          Map.entry("gemfile.lock", List.of("gemfile", ".gemspec")),
          Map.entry("composer.lock", List.of("composer.json")),
          Map.entry("go.sum", List.of("go.mod")),
          Map.entry(
              "packages.lock.json", List.of(".csproj", ".fsproj", "directory.packages.props")),
          Map.entry(
              "gradle.lockfile",
              List.of(
                  "build.gradle", "build.gradle.kts", "libs.versions.toml", "gradle.properties")),
          Map.entry("mix.lock", List.of("mix.exs")),
          Map.entry("pubspec.lock", List.of("pubspec.yaml")),
          Map.entry("podfile.lock", List.of("podfile")),
          Map.entry("flake.lock", List.of("flake.nix")));

  /** Locks whose versions may be written in files elsewhere in the repository. */
  private static final Set<String> SPREAD = Set.of("gradle.lockfile", "packages.lock.json");

  private static final Pattern VERSIONED =
      Pattern.compile(
          "\"[@\\w./-]{1,200}+\"\\s*+:\\s*+\"[~^<>=v ]{0,3}+\\d|^\\s*+[\\w.-]{1,100}+\\s*+=\\s*+[\"{].{0,40}\\d\\.");

  private LockPairs() {}

  static void inspect(Subject subject, List<ChangedFile> files, Findings findings) {
    List<FileChange> changes = subject.diff().files();
    for (FileChange lock : changes) {
      String name = nameOf(lock.path());
      if (MANIFESTS.containsKey(name) && lock.kind() != Kind.RENAMED) {
        withoutManifest(lock, MANIFESTS.getOrDefault(name, List.of()), changes, findings);
      }
    }
    subject.base().ifPresent(base -> files.forEach(f -> withoutLock(f, base, changes, findings)));
  }

  private static void withoutManifest(
      FileChange lock, List<String> manifests, List<FileChange> changes, Findings findings) {
    boolean together =
        changes.stream()
            .map(FileChange::path)
            .anyMatch(path -> isOneOf(path, manifests) && isManifestOf(lock.path(), path));
    if (lock.kind() == Kind.DELETED && !together) {
      findings.add(
          "lock.removed",
          isReplaced(lock, manifests, changes) ? Severity.LOW : Severity.HIGH,
          lock.path(),
          "versions are no longer locked");
    } else if (!together) {
      findings.add(
          "lock.without-manifest",
          lock.kind() == Kind.ADDED ? Severity.LOW : Severity.HIGH,
          lock.path(),
          "the lock file changes and the manifest it is made from does not");
    }
  }

  /** A workspace has its lock above its manifests; some builds have versions in one place. */
  private static boolean isManifestOf(String lock, String manifest) {
    return SPREAD.contains(nameOf(lock)) || manifest.startsWith(folderOf(lock));
  }

  /** Whether another tool's lock for the same manifests comes in its place. */
  private static boolean isReplaced(
      FileChange lock, List<String> manifests, List<FileChange> changes) {
    return changes.stream()
        .filter(other -> other.kind() == Kind.ADDED)
        .map(FileChange::path)
        .filter(path -> folderOf(path).equals(folderOf(lock.path())))
        .anyMatch(
            path ->
                MANIFESTS.getOrDefault(nameOf(path), List.of()).stream()
                    .anyMatch(manifests::contains));
  }

  private static String folderOf(String path) {
    return path.substring(0, path.lastIndexOf('/') + 1);
  }

  private static void withoutLock(
      ChangedFile manifest, SourceTree base, List<FileChange> changes, Findings findings) {
    String name = manifest.name().toLowerCase(Locale.ROOT);
    boolean names = manifest.added().stream().anyMatch(row -> VERSIONED.matcher(row.text()).find());
    if (!names || manifest.role() != FileRole.PRODUCTION) {
      return;
    }
    String folder = manifest.path().substring(0, manifest.path().length() - name.length());
    lockBeside(name, folder, base)
        .filter(lock -> changes.stream().noneMatch(change -> change.path().equals(lock)))
        .ifPresent(
            lock ->
                findings.add(
                    "lock.not-updated",
                    Severity.LOW,
                    manifest.path(),
                    "dependencies change and " + lock + " does not"));
  }

  private static Optional<String> lockBeside(String manifest, String folder, SourceTree base) {
    return List.of(
            "package-lock.json",
            "yarn.lock",
            "pnpm-lock.yaml",
            "poetry.lock",
            "uv.lock",
            "Pipfile.lock",
            "Cargo.lock",
            "composer.lock")
        .stream()
        .filter(lock -> isOneOf(manifest, MANIFESTS.getOrDefault(nameOf(lock), List.of())))
        .map(lock -> folder + lock)
        .filter(lock -> base.read(lock).isPresent())
        .findFirst();
  }

  private static boolean isOneOf(String path, List<String> manifests) {
    String name = nameOf(path);
    return manifests.stream()
        .anyMatch(m -> name.equals(m) || (m.startsWith(".") && name.endsWith(m)));
  }

  private static String nameOf(String path) {
    return path.substring(path.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
  }
}

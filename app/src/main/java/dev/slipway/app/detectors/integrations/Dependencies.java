package dev.slipway.app.detectors.integrations;

import dev.slipway.agents.review.FileRole;
import dev.slipway.app.detectors.integrations.Dependency.Scope;
import dev.slipway.app.detectors.integrations.Lead.Where;
import dev.slipway.app.detectors.text.ChangedFile;
import dev.slipway.app.detectors.text.Findings;
import dev.slipway.app.detectors.text.Row;
import dev.slipway.change.Printable;
import dev.slipway.policy.Finding.Severity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Dependencies that a manifest gets. Another version of one it has is a remark. */
final class Dependencies {
  static final String NEW = "integration.dependency";

  private Dependencies() {}

  static void find(ChangedFile file, List<Lead> leads, Findings findings) {
    Optional<Manifest> manifest = Manifest.of(file.path());
    if (manifest.isEmpty() || file.role() == FileRole.GENERATED) {
      return;
    }
    Map<String, String> before = new HashMap<>();
    for (Dependency dependency : earlier(file, manifest.get())) {
      before.put(dependency.name(), dependency.version());
    }
    for (Dependency dependency : manifest.get().read(file.wholeRows())) {
      if (!dependency.row().isAdded()) {
        continue;
      }
      String old = before.get(dependency.name());
      if (old == null) {
        leads.add(lead(file, dependency));
      } else if (!old.equals(dependency.version())) {
        findings.add(
            "integration.dependency-version",
            Severity.INFO,
            file,
            dependency.row(),
            Printable.of(dependency.name() + " from " + old + " to " + dependency.version()));
      }
    }
  }

  private static List<Dependency> earlier(ChangedFile file, Manifest manifest) {
    Optional<String> before = file.before();
    if (before.isPresent()) {
      return manifest.read(file.rowsOf(before.get()));
    }
    List<Dependency> earlier = new ArrayList<>(manifest.read(file.deleted()));
    List<Row> kept = file.rows().stream().filter(row -> !row.isAdded()).toList();
    earlier.addAll(manifest.read(kept));
    return earlier;
  }

  private static Lead lead(ChangedFile file, Dependency dependency) {
    boolean production =
        dependency.scope() == Scope.RUNTIME
            && file.role() == FileRole.PRODUCTION
            && !Manifest.isTool(dependency.name());
    return new Lead(
        NEW,
        production ? Severity.MEDIUM : Severity.LOW,
        file,
        dependency.row(),
        dependency.name(),
        List.of(dependency.trace()),
        Where.MANIFESTS,
        "a dependency that the base does not have: " + Printable.of(dependency.name()));
  }
}

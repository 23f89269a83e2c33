package dev.slipway.app.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What the manifests of the documentation allow. */
final class DocumentedRights {
  private DocumentedRights() {}

  /** As {@link CrudServer#rightsUsed} says them. */
  static Set<String> of(String manifest, KubernetesClient client) throws IOException {
    Set<String> rights = new TreeSet<>();
    Path file = Path.of("..", "docs", "operating", "kubernetes", manifest);
    try (InputStream in = Files.newInputStream(file)) {
      List<HasMetadata> objects = client.load(in).items();
      objects.stream()
          .filter(Role.class::isInstance)
          .flatMap(role -> ((Role) role).getRules().stream())
          .forEach(rule -> add(rule, rights));
    }
    return rights;
  }

  private static void add(PolicyRule rule, Set<String> rights) {
    for (String group : rule.getApiGroups()) {
      for (String resource : rule.getResources()) {
        rule.getVerbs().forEach(verb -> rights.add(verb + " " + resource + "." + group));
      }
    }
  }
}

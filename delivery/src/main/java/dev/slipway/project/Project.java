package dev.slipway.project;

import dev.slipway.change.Diff;
import dev.slipway.change.Digest;
import dev.slipway.change.FileChange;
import dev.slipway.policy.Thresholds;
import java.util.ArrayList;
import java.util.List;

/**
 * A repository's configuration, read from the base branch.
 *
 * @param services every service, dependencies before those that depend on them
 * @param limits the repository's thresholds, already tightened by nothing: server ceilings come on
 *     top
 * @param sensitivePaths globs of paths that raise risk
 * @param reviewers logins who may approve; empty means anyone who may write
 * @param sarif globs of other scanners' reports that count as evidence
 * @param budget what one change may spend
 * @param digest digest of the file as it stood
 */
public record Project(
    List<Service> services,
    Thresholds limits,
    List<String> sensitivePaths,
    List<String> reviewers,
    List<String> sarif,
    Budget budget,
    Digest digest) {

  public Project {
    services = List.copyOf(services);
    sensitivePaths = List.copyOf(sensitivePaths);
    reviewers = List.copyOf(reviewers);
    sarif = List.copyOf(sarif);
  }

  /**
   * The services whose paths the diff touches, and those that depend on them, in the order of
   * {@link #services}.
   */
  public List<Service> concernedBy(Diff diff) {
    List<Service> concerned = new ArrayList<>();
    for (Service service : services) {
      boolean touched = diff.files().stream().anyMatch(file -> touches(service, file));
      boolean dependent =
          concerned.stream().anyMatch(earlier -> service.dependsOn().contains(earlier.name()));
      if (touched || dependent) {
        concerned.add(service);
      }
    }
    return concerned;
  }

  private static boolean touches(Service service, FileChange file) {
    return Globs.anyMatches(service.paths(), file.path())
        || Globs.anyMatches(service.paths(), file.oldPath());
  }
}

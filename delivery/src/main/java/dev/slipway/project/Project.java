package dev.slipway.project;

import dev.slipway.change.Diff;
import dev.slipway.change.Digest;
import dev.slipway.change.FileChange;
import dev.slipway.change.ServiceName;
import dev.slipway.policy.Thresholds;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A repository's configuration, read from the base branch.
 *
 * @param services every service, dependencies before those that depend on them
 * @param limits the repository's thresholds, already tightened by nothing: server ceilings come on
 *     top
 * @param sensitivePaths globs of paths that raise risk
 * @param reviewers logins who may approve; empty means anyone who may write
 * @param sarif globs of other scanners' reports that count as evidence
 * @param guide path of the review guide in the base branch that the model is given
 * @param consumers who uses a service's interface, for people: whom a break of it reaches
 * @param budget what one change may spend
 * @param digest digest of the file as it stood
 */
public record Project(
    List<Service> services,
    Thresholds limits,
    List<String> sensitivePaths,
    List<String> reviewers,
    List<String> sarif,
    Optional<String> guide,
    Map<ServiceName, List<String>> consumers,
    Budget budget,
    Digest digest) {

  public Project {
    services = List.copyOf(services);
    sensitivePaths = List.copyOf(sensitivePaths);
    reviewers = List.copyOf(reviewers);
    sarif = List.copyOf(sarif);
    consumers = Ordered.copyOf(consumers);
  }

  /** The service of this name. */
  public Optional<Service> service(ServiceName name) {
    return services.stream().filter(service -> service.name().equals(name)).findFirst();
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

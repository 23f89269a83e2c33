package dev.slipway.agents;

import dev.slipway.change.Artifact;
import dev.slipway.change.Candidate;
import dev.slipway.change.PullRequest;
import dev.slipway.change.ServiceName;
import dev.slipway.change.Slot;
import dev.slipway.policy.Share;
import dev.slipway.policy.Thresholds;
import dev.slipway.project.Project;
import dev.slipway.project.Service;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an agent is to find out about.
 *
 * @param project the base branch's configuration
 * @param limits the limits in force, for measuring against the right line; the policy compares
 * @param services the services the change concerns, dependencies first
 * @param artifacts what was built of them; empty before staging
 * @param endpoints where each is reached in staging; empty before it is deployed there
 * @param risk the review's risk score, 1 to 10, once there is one
 * @param measure how long staging is measured instead of what the configuration says
 * @param watch the rollout step to watch; empty but for the deployment agent while it watches
 * @param entry the audit log's entry, index and key, under which tests may be written; empty but
 *     for the test agent, and for it as well once tests of its own are in the change
 */
public record Assignment(
    PullRequest pull,
    Candidate candidate,
    Project project,
    Thresholds limits,
    List<Service> services,
    Map<ServiceName, Artifact> artifacts,
    Map<ServiceName, URI> endpoints,
    Optional<Double> risk,
    Optional<Duration> measure,
    Optional<Watch> watch,
    Optional<String> entry) {

  /**
   * One step of a rollout.
   *
   * @param since when this share began to serve
   * @param window how long it is to be watched
   */
  public record Watch(Slot slot, Share share, Instant since, Duration window) {}

  /** The same, under this entry of the audit log. */
  public Assignment under(Optional<String> newEntry) {
    return new Assignment(
        pull, candidate, project, limits, services, artifacts, endpoints, risk, measure, watch,
        newEntry);
  }

  public Assignment {
    services = List.copyOf(services);
    artifacts = Map.copyOf(artifacts);
    endpoints = Map.copyOf(endpoints);
  }
}

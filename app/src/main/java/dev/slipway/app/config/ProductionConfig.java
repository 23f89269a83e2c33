package dev.slipway.app.config;

import dev.slipway.project.Freeze;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How production is reached and measured. Staging is always processes of this machine.
 *
 * @param freezes when nothing new goes to production of itself, of whatever repository
 */
public record ProductionConfig(Target target, Metrics metrics, List<Freeze> freezes) {
  public ProductionConfig {
    freezes = List.copyOf(freezes);
  }

  /** Processes of this machine, behind the edge, which counts. */
  public static final ProductionConfig DEFAULT =
      new ProductionConfig(new Target.Processes(), new Metrics.OfTheRouter(), List.of());

  /** Where versions run and who splits the traffic. */
  public sealed interface Target {
    /** Processes of this machine behind Slipway's edge. */
    record Processes() implements Target {}

    /**
     * Processes of this machine behind a HAProxy.
     *
     * @param endpoint where clients reach a slot, with {@code ${environment}} and {@code
     *     ${service}}
     */
    record Haproxy(Path socket, String endpoint, String ring, Optional<Path> stateFile)
        implements Target {}

    /**
     * Images in clusters.
     *
     * @param environments where each is, by name
     * @param podTemplate path of a file, with {@code ${environment}} and {@code ${service}}
     * @param argoRollouts names of Argo Rollouts by service
     */
    record Kubernetes(
        Optional<Path> kubeconfig,
        Map<String, Place> environments,
        Optional<String> podTemplate,
        int port,
        Duration readyWithin,
        Map<String, String> argoRollouts)
        implements Target {}

    /** The owner's scripts, each a program with arguments. */
    record Scripts(
        List<String> install,
        List<String> shift,
        List<String> promote,
        List<String> rollBack,
        List<String> status,
        Duration limit)
        implements Target {}
  }

  /**
   * Where an environment is in Kubernetes.
   *
   * @param context of the kubeconfig; empty for its current one
   * @param hostnames with {@code ${environment}} and {@code ${service}}, as the endpoint
   */
  public record Place(
      Optional<String> context,
      String namespace,
      List<Gateway> gateways,
      List<String> hostnames,
      String endpoint) {}

  /** A Gateway; without a namespace, of the environment's own; without a section, all of it. */
  public record Gateway(String name, Optional<String> namespace, Optional<String> section) {}

  /** Who says what was served. */
  public sealed interface Metrics {
    /** Whoever splits the traffic. */
    record OfTheRouter() implements Metrics {}

    /** A Prometheus server. */
    record Prometheus(URI server, Queries queries, Duration resolution) implements Metrics {}

    /** A script of the owner's. */
    record OfAScript(List<String> argv, Duration limit, Duration resolution) implements Metrics {}
  }

  /** What Prometheus is asked. */
  public sealed interface Queries {
    /** Names that are common: of the edge, of client libraries, Micrometer, OpenTelemetry. */
    enum Known implements Queries {
      EDGE,
      CLIENT_LIBRARY,
      MICROMETER,
      OPEN_TELEMETRY
    }

    /** The owner's own, with {@code ${environment}}, {@code ${service}} and {@code ${arm}}. */
    record Own(String requests, String errors, String latency) implements Queries {}
  }
}

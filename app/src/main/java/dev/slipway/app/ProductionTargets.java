package dev.slipway.app;

import dev.slipway.app.commands.CommandMetrics;
import dev.slipway.app.commands.CommandTarget;
import dev.slipway.app.commands.Script;
import dev.slipway.app.commands.TargetScripts;
import dev.slipway.app.config.ProductionConfig;
import dev.slipway.app.config.ProductionConfig.Metrics;
import dev.slipway.app.config.ProductionConfig.Target;
import dev.slipway.app.haproxy.Haproxy;
import dev.slipway.app.haproxy.HaproxySettings;
import dev.slipway.app.kubernetes.Kubernetes;
import dev.slipway.app.kubernetes.KubernetesSettings;
import dev.slipway.app.processes.ProcessTarget;
import dev.slipway.app.prometheus.PrometheusMetrics;
import dev.slipway.app.prometheus.PrometheusSettings;
import dev.slipway.app.prometheus.Queries;
import dev.slipway.change.Environment;
import dev.slipway.change.ServiceName;
import dev.slipway.change.Slot;
import dev.slipway.target.DeployTarget;
import dev.slipway.target.Serving;
import dev.slipway.target.Slots;
import dev.slipway.target.Targets;
import dev.slipway.target.TrafficRouter;
import dev.slipway.telemetry.MetricSource;
import dev.slipway.workspace.ArtifactStore;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Which target serves which environment, and who measures production, as the server's configuration
 * says. Staging is processes behind the edge.
 */
final class ProductionTargets implements Targets, Slots, AutoCloseable {
  private final Targets targets;
  private final MetricSource metrics;
  private final Runnable end;

  /** What Slipway has of its own: processes, the edge that routes to them, and what it counted. */
  record Own(Path home, TrafficRouter edge, MetricSource counts, ArtifactStore artifacts) {}

  private ProductionTargets(Targets targets, MetricSource metrics, Runnable end) {
    this.targets = targets;
    this.metrics = metrics;
    this.end = end;
  }

  static ProductionTargets of(ProductionConfig config, Own own) {
    ProcessTarget processes =
        new ProcessTarget(own.home().resolve("processes"), own.edge(), own.artifacts());
    return switch (config.target()) {
      case Target.Processes ignored ->
          new ProductionTargets(any -> processes, metrics(config, own.counts()), () -> {});
      case Target.Haproxy wanted -> {
        Haproxy haproxy =
            Haproxy.open(
                new HaproxySettings(
                    wanted.socket(), wanted.ring(), wanted.stateFile(), wanted.endpoint()),
                own.home().resolve("haproxy"));
        DeployTarget behind =
            new ProcessTarget(own.home().resolve("production"), haproxy.router(), own.artifacts());
        yield new ProductionTargets(
            staged(processes, any -> behind), metrics(config, haproxy.metrics()), haproxy::close);
      }
      case Target.Kubernetes wanted -> {
        Kubernetes clusters = Kubernetes.open(settings(wanted));
        Targets targets =
            clusters.serves(Environment.STAGING) ? clusters : staged(processes, clusters);
        yield new ProductionTargets(targets, metrics(config, own.counts()), clusters::close);
      }
      case Target.Scripts scripts -> {
        DeployTarget scripted =
            new CommandTarget(scripts(scripts), own.artifacts(), own.home().resolve("scripts"));
        yield new ProductionTargets(
            staged(processes, any -> scripted), metrics(config, own.counts()), () -> {});
      }
    };
  }

  private static Targets staged(DeployTarget staging, Targets production) {
    return environment ->
        environment.equals(Environment.STAGING) ? staging : production.in(environment);
  }

  private static KubernetesSettings settings(Target.Kubernetes wanted) {
    Map<Environment, KubernetesSettings.Place> places = new HashMap<>();
    wanted.environments().forEach((name, place) -> places.put(new Environment(name), place(place)));
    Map<ServiceName, String> rollouts = new HashMap<>();
    wanted.argoRollouts().forEach((service, name) -> rollouts.put(new ServiceName(service), name));
    return new KubernetesSettings(
        wanted.kubeconfig(),
        places,
        wanted.podTemplate(),
        wanted.port(),
        wanted.readyWithin(),
        rollouts);
  }

  private static KubernetesSettings.Place place(ProductionConfig.Place place) {
    return new KubernetesSettings.Place(
        place.context(),
        place.namespace(),
        place.gateways().stream()
            .map(it -> new KubernetesSettings.Gateway(it.name(), it.namespace(), it.section()))
            .toList(),
        place.hostnames(),
        place.endpoint());
  }

  private static TargetScripts scripts(Target.Scripts scripts) {
    return new TargetScripts(
        new Script(scripts.install(), scripts.limit()),
        new Script(scripts.shift(), scripts.limit()),
        new Script(scripts.promote(), scripts.limit()),
        new Script(scripts.rollBack(), scripts.limit()),
        new Script(scripts.status(), scripts.limit()));
  }

  private static MetricSource metrics(ProductionConfig config, MetricSource ofTheRouter) {
    return switch (config.metrics()) {
      case Metrics.OfTheRouter ignored -> ofTheRouter;
      case Metrics.Prometheus prometheus ->
          new PrometheusMetrics(
              new PrometheusSettings(
                  prometheus.server(), queries(prometheus.queries()), prometheus.resolution()));
      case Metrics.OfAScript script ->
          new CommandMetrics(new Script(script.argv(), script.limit()), script.resolution());
    };
  }

  private static Queries queries(ProductionConfig.Queries queries) {
    return switch (queries) {
      case ProductionConfig.Queries.Known known ->
          switch (known) {
            case EDGE -> Queries.edge();
            case CLIENT_LIBRARY -> Queries.clientLibrary();
            case MICROMETER -> Queries.micrometer();
            case OPEN_TELEMETRY -> Queries.openTelemetry();
          };
      case ProductionConfig.Queries.Own own ->
          new Queries(
              own.requests(),
              own.errors(),
              own.latency(),
              Queries.Unit.SECONDS,
              "stable",
              "canary");
    };
  }

  @Override
  public DeployTarget in(Environment environment) {
    return targets.in(environment);
  }

  @Override
  public Optional<Serving> serving(Slot slot) {
    return in(slot.environment()).serving(slot);
  }

  MetricSource metrics() {
    return metrics;
  }

  @Override
  public void close() {
    end.run();
  }
}

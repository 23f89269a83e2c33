package dev.slipway.app.kubernetes;

import dev.slipway.change.Environment;
import dev.slipway.change.ServiceName;
import dev.slipway.change.Slot;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How clusters are reached and what is made there.
 *
 * @param kubeconfig empty for the usual places: {@code $KUBECONFIG}, {@code ~/.kube/config}, or the
 *     service account of the pod that this runs in
 * @param places where each environment is
 * @param podTemplate a file with what else the owner wants of pods; {@code ${environment}} and
 *     {@code ${service}} stand for the slot's own
 * @param port what instances listen on
 * @param readyWithin how long a new version may take until it is ready
 * @param argoRollouts the Argo Rollouts that run services instead of Deployments
 */
public record KubernetesSettings(
    Optional<Path> kubeconfig,
    Map<Environment, Place> places,
    Optional<String> podTemplate,
    int port,
    Duration readyWithin,
    Map<ServiceName, String> argoRollouts) {
  public KubernetesSettings {
    places = Map.copyOf(places);
    argoRollouts = Map.copyOf(argoRollouts);
  }

  /**
   * Where an environment is.
   *
   * @param context of the kubeconfig; empty for its current one
   * @param gateways what routes are attached to
   * @param hostnames of the routes; empty for all
   * @param endpoint where clients reach a slot
   */
  public record Place(
      Optional<String> context,
      String namespace,
      List<Gateway> gateways,
      List<String> hostnames,
      String endpoint) {
    public Place {
      gateways = List.copyOf(gateways);
      hostnames = List.copyOf(hostnames);
    }

    URI endpoint(Slot slot) {
      return URI.create(filled(endpoint, slot));
    }

    List<String> hostnames(Slot slot) {
      return hostnames.stream().map(name -> filled(name, slot)).toList();
    }
  }

  /**
   * A Gateway.
   *
   * @param namespace empty for the environment's own
   * @param section its listener; empty for all
   */
  public record Gateway(String name, Optional<String> namespace, Optional<String> section) {}

  static String filled(String text, Slot slot) {
    return text.replace("${environment}", slot.environment().name())
        .replace("${service}", slot.service().value());
  }
}

package dev.slipway.app.kubernetes;

import dev.slipway.app.kubernetes.KubernetesSettings.Place;
import dev.slipway.app.kubernetes.Names.Track;
import dev.slipway.policy.Share;
import dev.slipway.target.Epoch;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPBackendRef;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPBackendRefBuilder;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRouteBuilder;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRouteSpec;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.ParentReference;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.ParentReferenceBuilder;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.RouteParentStatus;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Splits a slot's traffic by the weights of an {@code HTTPRoute}. The route remembers the slot's
 * epoch as well, so that there is no moment at which one is obeyed and the other not.
 */
final class Routes {
  private static final Duration CONFIRM_LIMIT = Duration.ofMinutes(1);
  private static final List<String> CONFIRMED = List.of("Accepted", "ResolvedRefs");
  private static final int BASIS_POINTS = Share.ALL.basisPoints();

  private final Api api;
  private final Place place;
  private final int port;

  Routes(Api api, Place place, int port) {
    this.api = api;
    this.place = place;
    this.port = port;
  }

  Optional<HTTPRoute> find(Names names) {
    return api.find(HTTPRoute.class, names.route(), names);
  }

  /**
   * From now on the slot refuses older epochs. Where there was no route there is one that no
   * Gateway knows of.
   */
  void claim(Names names, Epoch epoch) {
    put(names, epoch, HTTPRoute::getSpec);
  }

  /**
   * Splits the traffic; returns when the Gateways' controllers have accepted it.
   *
   * @param share the canary's
   */
  void split(Names names, Epoch epoch, Share share) {
    put(names, epoch, ignored -> attached(names, share));
    api.await(
        HTTPRoute.class, names.route(), Routes::isConfirmed, CONFIRM_LIMIT, Routes::unconfirmed);
  }

  /** Notes the share of a worker, which no Gateway sends anything to. */
  void note(Names names, Epoch epoch, Share share) {
    put(names, epoch, ignored -> weighted(names, share).build().getSpec());
  }

  private interface Wanted {
    HTTPRouteSpec of(HTTPRoute route);
  }

  private void put(Names names, Epoch epoch, Wanted wanted) {
    HTTPRoute shell = route(names, new HTTPRouteSpec());
    api.put(shell, names, epoch, there -> route(names, wanted.of(there)));
  }

  private static HTTPRoute route(Names names, HTTPRouteSpec spec) {
    return new HTTPRouteBuilder()
        .withNewMetadata()
        .withName(names.route())
        .withLabels(names.marks())
        .endMetadata()
        .withSpec(spec)
        .build();
  }

  private HTTPRouteSpec attached(Names names, Share share) {
    return weighted(names, share)
        .editSpec()
        .withParentRefs(place.gateways().stream().map(Routes::parent).toList())
        .withHostnames(place.hostnames(names.slot()))
        .endSpec()
        .build()
        .getSpec();
  }

  private HTTPRouteBuilder weighted(Names names, Share share) {
    return new HTTPRouteBuilder()
        .withNewSpec()
        .addNewRule()
        .withBackendRefs(
            backend(names, Track.STABLE, BASIS_POINTS - share.basisPoints()),
            backend(names, Track.CANARY, share.basisPoints()))
        .endRule()
        .endSpec();
  }

  private static ParentReference parent(KubernetesSettings.Gateway gateway) {
    ParentReferenceBuilder parent = new ParentReferenceBuilder().withName(gateway.name());
    gateway.namespace().ifPresent(parent::withNamespace);
    gateway.section().ifPresent(parent::withSectionName);
    return parent.build();
  }

  private HTTPBackendRef backend(Names names, Track track, int weight) {
    return new HTTPBackendRefBuilder()
        .withName(names.of(track))
        .withPort(port)
        .withWeight(weight)
        .build();
  }

  /** The Service that the route sends the track's share to. */
  Service service(Names names, Track track) {
    return new ServiceBuilder()
        .withNewMetadata()
        .withName(names.of(track))
        .withLabels(names.marks())
        .endMetadata()
        .withNewSpec()
        .withSelector(names.selector(track))
        .addNewPort()
        .withName("http")
        .withPort(port)
        .withNewTargetPort("http")
        .endPort()
        .endSpec()
        .build();
  }

  /** The canary's share by the weights that are there, whoever set them. */
  static Share share(HTTPRoute route, Names names) {
    long stable = weight(route, names.of(Track.STABLE));
    long canary = weight(route, names.of(Track.CANARY));
    return canary == 0
        ? Share.NONE
        : new Share(
            Math.toIntExact(Math.round((double) BASIS_POINTS * canary / (stable + canary))));
  }

  private static long weight(HTTPRoute route, String backend) {
    return Optional.ofNullable(route.getSpec().getRules()).stream()
        .flatMap(List::stream)
        .flatMap(rule -> rule.getBackendRefs().stream())
        .filter(ref -> backend.equals(ref.getName()))
        .mapToLong(ref -> Optional.ofNullable(ref.getWeight()).orElse(1))
        .sum();
  }

  private static boolean isConfirmed(HTTPRoute route) {
    return route.getSpec().getParentRefs().stream()
        .allMatch(
            parent ->
                CONFIRMED.stream()
                    .allMatch(
                        type ->
                            conditions(route, parent)
                                .filter(it -> type.equals(it.getType()))
                                .anyMatch(it -> "True".equals(it.getStatus()))));
  }

  private static String unconfirmed(HTTPRoute route) {
    String said =
        route.getSpec().getParentRefs().stream()
            .flatMap(parent -> conditions(route, parent))
            .filter(it -> !"True".equals(it.getStatus()))
            .map(it -> it.getType() + " " + it.getReason() + ": " + it.getMessage())
            .collect(Collectors.joining("; "));
    return said.isEmpty() ? "no Gateway controller has looked at it" : said;
  }

  /** What is said of the route as it is now, for this Gateway. */
  private static Stream<Condition> conditions(HTTPRoute route, ParentReference parent) {
    long generation = Optional.ofNullable(route.getMetadata().getGeneration()).orElse(0L);
    return Optional.ofNullable(route.getStatus()).stream()
        .flatMap(status -> status.getParents().stream())
        .filter(said -> isSame(said, parent, route.getMetadata().getNamespace()))
        .flatMap(said -> said.getConditions().stream())
        .filter(it -> Optional.ofNullable(it.getObservedGeneration()).orElse(0L) >= generation);
  }

  private static boolean isSame(RouteParentStatus said, ParentReference parent, String home) {
    ParentReference about = said.getParentRef();
    return Objects.equals(about.getName(), parent.getName())
        && Objects.equals(about.getSectionName(), parent.getSectionName())
        && namespace(about, home).equals(namespace(parent, home));
  }

  private static String namespace(ParentReference parent, String home) {
    return Optional.ofNullable(parent.getNamespace()).orElse(home);
  }
}

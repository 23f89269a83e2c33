package dev.slipway.app.kubernetes;

import dev.slipway.app.kubernetes.KubernetesSettings.Place;
import dev.slipway.app.kubernetes.Names.Track;
import dev.slipway.audit.AuditRecord.Decision;
import dev.slipway.audit.Recorded;
import dev.slipway.change.Artifact;
import dev.slipway.change.Slot;
import dev.slipway.policy.Share;
import dev.slipway.target.DeployTarget;
import dev.slipway.target.Epoch;
import dev.slipway.target.Rollout;
import dev.slipway.target.Serving;
import dev.slipway.target.TargetFault;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import java.net.URI;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A service as two Deployments, stable and canary, with a Service each and an {@code HTTPRoute}
 * that splits between them. What is so is read from these objects; nothing is remembered elsewhere.
 */
final class TrackTarget implements DeployTarget {
  private final Api api;
  private final Place place;
  private final int port;
  private final Workloads workloads;
  private final Routes routes;
  private final Readiness readiness;

  TrackTarget(Api api, Place place, KubernetesSettings settings) {
    this.api = api;
    this.place = place;
    this.port = settings.port();
    this.workloads = new Workloads(settings);
    this.routes = new Routes(api, place, port);
    this.readiness = new Readiness(api, settings.readyWithin());
  }

  @Override
  public Serving install(Recorded<Decision> permit, Rollout rollout, Epoch epoch) {
    String image = Images.of(rollout);
    return moved(
        rollout.slot(),
        epoch,
        move -> {
          if (!move.runs(Track.STABLE, image)) {
            move.canary(rollout);
          }
          move.makeStable(image);
          move.takeTraffic(Share.NONE);
          move.endCanary();
        });
  }

  @Override
  public Serving shift(Recorded<Decision> permit, Rollout rollout, Share share, Epoch epoch) {
    Images.of(rollout);
    return moved(
        rollout.slot(),
        epoch,
        move -> {
          if (!move.runs(Track.STABLE)) {
            throw new TargetFault(
                rollout.slot() + " runs no stable version that a canary could stand beside");
          }
          move.canary(rollout);
          move.takeTraffic(share);
        });
  }

  @Override
  public Serving promote(Recorded<Decision> permit, Slot slot, Artifact artifact, Epoch epoch) {
    String image = Images.of(artifact);
    return moved(
        slot,
        epoch,
        move -> {
          move.makeStable(image);
          move.takeTraffic(Share.NONE);
          move.endCanary();
        });
  }

  @Override
  public Serving rollBack(Slot slot, Epoch epoch) {
    return moved(
        slot,
        epoch,
        move -> {
          // Traffic first: nobody waits for the canary's pods to end.
          move.takeTraffic(Share.NONE);
          move.endCanary();
        });
  }

  @Override
  public Optional<Serving> serving(Slot slot) {
    Names names = new Names(slot);
    return routes
        .find(names)
        .map(route -> serving(names, route))
        .filter(it -> it.stable().isPresent() || it.canary().isPresent());
  }

  private Serving moved(Slot slot, Epoch epoch, Consumer<TrackMove> steps) {
    Names names = new Names(slot);
    steps.accept(new TrackMove(api, workloads, routes, readiness, names, epoch).claimed());
    return routes
        .find(names)
        .map(route -> serving(names, route))
        .orElseThrow(() -> new TargetFault("the HTTPRoute of " + slot + " was removed"));
  }

  private Serving serving(Names names, HTTPRoute route) {
    Optional<Artifact> canary = artifact(names, Track.CANARY);
    return new Serving(
        Names.epoch(route),
        artifact(names, Track.STABLE),
        canary,
        canary.isPresent() ? Routes.share(route, names) : Share.NONE,
        place.endpoint(names.slot()),
        canary.map(
            any ->
                URI.create(
                    "http://" + names.of(Track.CANARY) + "." + api.namespace() + ".svc:" + port)));
  }

  private Optional<Artifact> artifact(Names names, Track track) {
    return api.find(Deployment.class, names.of(track), names)
        .filter(Workloads::runs)
        .map(Workloads::image)
        .flatMap(Images::artifact);
  }
}

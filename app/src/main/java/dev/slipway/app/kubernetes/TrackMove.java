package dev.slipway.app.kubernetes;

import dev.slipway.app.kubernetes.Names.Track;
import dev.slipway.policy.Share;
import dev.slipway.target.Epoch;
import dev.slipway.target.Rollout;
import dev.slipway.target.TargetFault;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The steps of a move of one slot under one epoch. Each looks at what is there and does what is
 * missing, so that a move can be made again from wherever it stopped.
 */
final class TrackMove {
  /** A pod has half a minute to answer its last requests. */
  private static final Duration END_LIMIT = Duration.ofMinutes(2);

  private final Api api;
  private final Workloads workloads;
  private final Routes routes;
  private final Readiness readiness;
  private final Names names;
  private final Epoch epoch;

  TrackMove(
      Api api, Workloads workloads, Routes routes, Readiness readiness, Names names, Epoch epoch) {
    this.api = api;
    this.workloads = workloads;
    this.routes = routes;
    this.readiness = readiness;
    this.names = names;
    this.epoch = epoch;
  }

  /** Refuses the move if a later epoch was obeyed; else an earlier one is refused from now on. */
  TrackMove claimed() {
    routes.claim(names, epoch);
    return this;
  }

  Optional<Deployment> deployment(Track track) {
    return api.find(Deployment.class, names.of(track), names);
  }

  /** Whether the track is to run the image. */
  boolean runs(Track track, String image) {
    return deployment(track).filter(it -> Workloads.runs(it, image)).isPresent();
  }

  boolean runs(Track track) {
    return deployment(track).filter(Workloads::runs).isPresent();
  }

  /**
   * Runs the version as canary and returns when it is ready. One that does not get ready has no
   * traffic and is ended.
   */
  void canary(Rollout rollout) {
    String image = Images.of(rollout);
    if (!runs(Track.CANARY, image)) {
      takeTraffic(Share.NONE);
      start(rollout, image);
    }
    try {
      awaitReady(Track.CANARY, image);
    } catch (TargetFault.Unhealthy e) {
      takeTraffic(Share.NONE);
      endCanary();
      throw e;
    }
  }

  private void start(Rollout rollout, String image) {
    String secret = unreadSecret();
    PodTemplateSpec pods =
        workloads.pods(
            rollout,
            secret,
            text ->
                api.client().getKubernetesSerialization().unmarshal(text, PodTemplateSpec.class));
    if (!rollout.secrets().isEmpty()) {
      putSecret(secret, rollout);
    }
    if (Workloads.serves(pods)) {
      for (Track track : Track.values()) {
        api.apply(routes.service(names, track), names);
      }
    }
    put(Track.CANARY, image, rollout.run().instances(), pods);
  }

  private void putSecret(String name, Rollout rollout) {
    SecretBuilder shell =
        new SecretBuilder()
            .withNewMetadata()
            .withName(name)
            .withLabels(names.marks())
            .endMetadata();
    Secret wanted = new SecretBuilder(shell.build()).withStringData(rollout.secrets()).build();
    api.put(shell.build(), names, epoch, ignored -> new SecretBuilder(wanted).build());
  }

  private void put(Track track, String image, int replicas, PodTemplateSpec pods) {
    api.put(
        Workloads.shell(names, track, image),
        names,
        epoch,
        ignored -> workloads.deployment(names, track, replicas, pods));
  }

  void awaitReady(Track track, String image) {
    readiness.await(names.of(track), image, names.selector(track));
  }

  /** Gives the canary this share of the traffic, unless there is nobody to take it. */
  void takeTraffic(Share share) {
    deployment(share.equals(Share.ALL) ? Track.CANARY : Track.STABLE)
        .filter(Workloads::runs)
        .ifPresent(
            taker -> {
              if (Workloads.serves(taker.getSpec().getTemplate())) {
                routes.split(names, epoch, share);
              } else {
                routes.note(names, epoch, share);
              }
            });
  }

  /** Runs the canary's version as the stable one, while the canary has all the traffic. */
  void makeStable(String image) {
    if (!runs(Track.STABLE, image)) {
      Deployment canary =
          deployment(Track.CANARY)
              .filter(it -> Workloads.runs(it, image))
              .orElseThrow(() -> new TargetFault(names.slot() + " runs no canary of " + image));
      takeTraffic(Share.ALL);
      put(
          Track.STABLE,
          image,
          Optional.ofNullable(canary.getSpec().getReplicas()).orElse(1),
          canary.getSpec().getTemplate());
    }
    awaitReady(Track.STABLE, image);
  }

  /**
   * Ends the canary's pods; returns when they are gone. The Deployment stays, with the epoch, so
   * that a late node cannot start it again.
   */
  void endCanary() {
    Optional<Deployment> canary = deployment(Track.CANARY);
    if (canary.isPresent()) {
      PodTemplateSpec pods = canary.get().getSpec().getTemplate();
      put(Track.CANARY, Workloads.image(canary.get()), 0, pods);
      api.await(
          Deployment.class,
          names.of(Track.CANARY),
          Readiness::isGone,
          END_LIMIT,
          it -> "has pods that do not end: " + it.getStatus());
    }
    String unread = unreadSecret();
    api.remove(Secret.class, unread, names);
  }

  /** The one of the slot's two Secrets that the stable version does not read. */
  private String unreadSecret() {
    Set<String> read =
        deployment(Track.STABLE).stream()
            .flatMap(it -> Workloads.container(it.getSpec().getTemplate()).getEnv().stream())
            .map(EnvVar::getValueFrom)
            .flatMap(from -> Optional.ofNullable(from).stream())
            .flatMap(from -> Optional.ofNullable(from.getSecretKeyRef()).stream())
            .map(ref -> ref.getName())
            .collect(Collectors.toSet());
    return names.secrets().stream()
        .filter(name -> !read.contains(name))
        .findFirst()
        .orElseThrow(() -> new TargetFault(names.slot() + " reads both of its Secrets"));
  }
}

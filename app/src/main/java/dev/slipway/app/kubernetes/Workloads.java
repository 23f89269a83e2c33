package dev.slipway.app.kubernetes;

import dev.slipway.app.kubernetes.Names.Track;
import dev.slipway.project.Service.Run;
import dev.slipway.target.Rollout;
import dev.slipway.target.TargetFault;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** Makes Deployments of rollouts; knows no cluster. */
final class Workloads {
  /** The container that runs the version; others of the owner's template stand beside it. */
  static final String CONTAINER = "app";

  private static final String PORT_NAME = "http";
  private static final String ARTIFACT = "${ARTIFACT}";

  /** A worker has no health path: it is healthy if it still runs after this. */
  private static final int WORKER_SETTLES_SECONDS = 5;

  private final KubernetesSettings settings;

  Workloads(KubernetesSettings settings) {
    this.settings = settings;
  }

  /**
   * The Deployment of the track with these pods.
   *
   * @param pods as {@link #pods} makes them, or another track's
   */
  Deployment deployment(Names names, Track track, int replicas, PodTemplateSpec pods) {
    String version = version(pods);
    return new DeploymentBuilder()
        .withNewMetadata()
        .withName(names.of(track))
        .withLabels(labelled(names, track, version))
        .endMetadata()
        .withNewSpec()
        .withReplicas(replicas)
        .withRevisionHistoryLimit(2)
        .withProgressDeadlineSeconds(
            Math.toIntExact(
                Math.max(WORKER_SETTLES_SECONDS + 1, settings.readyWithin().toSeconds())))
        .withMinReadySeconds(serves(pods) ? 0 : WORKER_SETTLES_SECONDS)
        .withNewStrategy()
        .withType("RollingUpdate")
        .withNewRollingUpdate()
        .withNewMaxUnavailable(0)
        .withNewMaxSurge("25%")
        .endRollingUpdate()
        .endStrategy()
        .withNewSelector()
        .withMatchLabels(names.selector(track))
        .endSelector()
        .withTemplate(
            new PodTemplateSpecBuilder(pods)
                .editOrNewMetadata()
                .addToLabels(labelled(names, track, version))
                .endMetadata()
                .build())
        .endSpec()
        .build();
  }

  /** The least that can be created of a Deployment: no pods, and no field that another may drop. */
  static Deployment shell(Names names, Track track, String image) {
    return new DeploymentBuilder()
        .withNewMetadata()
        .withName(names.of(track))
        .withLabels(names.marks())
        .endMetadata()
        .withNewSpec()
        .withReplicas(0)
        .withNewSelector()
        .withMatchLabels(names.selector(track))
        .endSelector()
        .withNewTemplate()
        .withNewMetadata()
        .withLabels(names.selector(track))
        .endMetadata()
        .withNewSpec()
        .addNewContainer()
        .withName(CONTAINER)
        .withImage(image)
        .endContainer()
        .endSpec()
        .endTemplate()
        .endSpec()
        .build();
  }

  private static Map<String, String> labelled(Names names, Track track, String version) {
    Map<String, String> labels = new TreeMap<>(names.marks());
    labels.putAll(names.selector(track));
    labels.put(Names.VERSION, version);
    return labels;
  }

  private static String version(PodTemplateSpec pods) {
    return Images.artifact(container(pods).getImage())
        .map(it -> it.digest().brief())
        .orElse("unknown");
  }

  /**
   * The pods of the version, on what the owner's template says.
   *
   * @param secret the Secret that holds the rollout's secrets
   * @param parse reads a pod template
   */
  PodTemplateSpec pods(Rollout rollout, String secret, Function<String, PodTemplateSpec> parse) {
    PodTemplateSpec own =
        settings
            .podTemplate()
            .map(path -> template(KubernetesSettings.filled(path, rollout.slot()), parse))
            .orElseGet(PodTemplateSpec::new);
    PodTemplateSpecBuilder pods = new PodTemplateSpecBuilder(own);
    List<Container> containers = new ArrayList<>(pods.editOrNewSpec().buildContainers());
    Container base =
        containers.stream()
            .filter(it -> CONTAINER.equals(it.getName()))
            .findFirst()
            .orElseGet(Container::new);
    containers.removeIf(it -> CONTAINER.equals(it.getName()));
    containers.addFirst(container(base, rollout, secret));
    return pods.editOrNewSpec().withContainers(containers).endSpec().build();
  }

  private static PodTemplateSpec template(String path, Function<String, PodTemplateSpec> parse) {
    try {
      return Optional.ofNullable(parse.apply(Files.readString(Path.of(path))))
          .orElseGet(PodTemplateSpec::new);
    } catch (IOException | RuntimeException e) {
      throw new TargetFault(
          "production.kubernetes.pod_template: " + path + " is no pod template that can be read",
          e);
    }
  }

  private Container container(Container base, Rollout rollout, String secret) {
    Run run = rollout.run();
    String image = Images.of(rollout);
    ContainerBuilder container =
        new ContainerBuilder(base)
            .withName(CONTAINER)
            .withImage(image)
            .addAllToEnv(env(base, rollout, image, secret));
    int at = run.command().indexOf(ARTIFACT);
    if (at < 0) {
      container.withCommand(words(run.command(), image));
    } else {
      // As container tools read it: the image's own entry point, with what stands behind it.
      container.withArgs(words(run.command().subList(at + 1, run.command().size()), image));
    }
    if (!run.health().isEmpty()) {
      container
          .addNewPort()
          .withName(PORT_NAME)
          .withContainerPort(settings.port())
          .endPort()
          .withNewReadinessProbe()
          .withNewHttpGet()
          .withPath(run.health())
          .withNewPort(PORT_NAME)
          .endHttpGet()
          .withPeriodSeconds(2)
          .withTimeoutSeconds(2)
          .withFailureThreshold(3)
          .endReadinessProbe();
    }
    return container.build();
  }

  private List<EnvVar> env(Container base, Rollout rollout, String image, String secret) {
    Map<String, EnvVar> env = new TreeMap<>();
    rollout
        .run()
        .env()
        .forEach(
            (name, value) -> env.put(name, new EnvVar(name, literal(filled(value, image)), null)));
    for (String name : rollout.secrets().keySet()) {
      env.put(
          name,
          new EnvVarBuilder()
              .withName(name)
              .withNewValueFrom()
              .withNewSecretKeyRef(name, secret, false)
              .endValueFrom()
              .build());
    }
    base.getEnv().stream().map(EnvVar::getName).forEach(env::remove);
    return List.copyOf(env.values());
  }

  private List<String> words(List<String> words, String image) {
    return words.stream().map(word -> literal(filled(word, image))).toList();
  }

  private String filled(String text, String image) {
    return text.replace(ARTIFACT, image).replace("${PORT}", Integer.toString(settings.port()));
  }

  /** Kubernetes replaces {@code $(NAME)}; words go as they are. */
  private static String literal(String text) {
    return text.replace("$", "$$");
  }

  /** Whether the pods take requests; a worker's do not. */
  static boolean serves(PodTemplateSpec pods) {
    return container(pods).getPorts().stream().anyMatch(it -> PORT_NAME.equals(it.getName()));
  }

  /** The container that runs the version. */
  static Container container(PodTemplateSpec pods) {
    return Optional.ofNullable(pods.getSpec()).stream()
        .flatMap(spec -> spec.getContainers().stream())
        .filter(it -> CONTAINER.equals(it.getName()))
        .findFirst()
        .orElseThrow(() -> new TargetFault("a Deployment of ours has no container " + CONTAINER));
  }

  static String image(Deployment deployment) {
    return container(deployment.getSpec().getTemplate()).getImage();
  }

  /** Whether it is to run anything. */
  static boolean runs(Deployment deployment) {
    return Optional.ofNullable(deployment.getSpec().getReplicas()).orElse(1) > 0;
  }

  /** Whether it is to run this image. */
  static boolean runs(Deployment deployment, String image) {
    return runs(deployment) && image.equals(image(deployment));
  }
}

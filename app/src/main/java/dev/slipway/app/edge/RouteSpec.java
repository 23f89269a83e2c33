package dev.slipway.app.edge;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What a route shall do: the desired state that is put, kept on disk and obeyed.
 *
 * @param epoch how new this wish is
 * @param listen where the route accepts requests; absent means where it listens already, or, for a
 *     new route, a free port on the edge's bind address; port 0 means a free port on that host
 * @param stable instances of the version that holds production; may be empty, then requests of the
 *     stable arm are answered 503
 * @param canary instances of the version under trial
 * @param canaryShareBp share of requests that go to the canary, in basis points (500 is 5 %)
 * @param healthPath path asked of every instance to learn its health; absent means that accepting a
 *     connection is health enough
 */
public record RouteSpec(
    @JsonProperty(required = true) Epoch epoch,
    Optional<Instance> listen,
    @JsonProperty(required = true) List<Instance> stable,
    @JsonProperty(required = true) List<Instance> canary,
    @JsonProperty(required = true) int canaryShareBp,
    Optional<String> healthPath) {

  /** All of the traffic, in basis points. */
  public static final int WHOLE_BP = 10_000;

  /** Most instances an arm may have. */
  public static final int INSTANCES_MAX = 256;

  private static final int HEALTH_PATH_MAX = 1_024;

  public RouteSpec {
    Objects.requireNonNull(epoch, "epoch is missing");
    stable = checked("stable", stable);
    canary = checked("canary", canary);
    if (canaryShareBp < 0 || canaryShareBp > WHOLE_BP) {
      throw new IllegalArgumentException(
          "canary_share_bp " + canaryShareBp + " is not in 0..10000");
    }
    if (canaryShareBp > 0 && canary.isEmpty()) {
      throw new IllegalArgumentException("canary_share_bp is above 0, but canary has no instance");
    }
    refuseTwins(stable, canary);
    healthPath.ifPresent(RouteSpec::checkPath);
  }

  private static List<Instance> checked(String arm, List<Instance> instances) {
    if (instances.size() > INSTANCES_MAX) {
      throw new IllegalArgumentException(arm + " has more than " + INSTANCES_MAX + " instances");
    }
    for (Instance instance : instances) {
      if (instance == null || instance.port() == 0) {
        throw new IllegalArgumentException(arm + " has an instance without a port");
      }
    }
    return List.copyOf(instances);
  }

  private static void refuseTwins(List<Instance> stable, List<Instance> canary) {
    List<Instance> all = new ArrayList<>(stable);
    all.addAll(canary);
    Set<Instance> seen = new HashSet<>();
    for (Instance instance : all) {
      if (!seen.add(instance)) {
        throw new IllegalArgumentException("instance " + instance + " is named twice");
      }
    }
  }

  private static void checkPath(String path) {
    boolean plain = path.chars().allMatch(c -> c > ' ' && c < 127 && c != '#');
    if (!path.startsWith("/") || !plain || path.length() > HEALTH_PATH_MAX) {
      throw new IllegalArgumentException(
          "health_path must start with '/' and be at most "
              + HEALTH_PATH_MAX
              + " visible ASCII characters");
    }
  }

  /** The instances of one arm, in the order given. */
  public List<Instance> instances(Arm arm) {
    return switch (arm) {
      case STABLE -> stable;
      case CANARY -> canary;
    };
  }

  RouteSpec listeningAt(Instance address) {
    return new RouteSpec(epoch, Optional.of(address), stable, canary, canaryShareBp, healthPath);
  }
}

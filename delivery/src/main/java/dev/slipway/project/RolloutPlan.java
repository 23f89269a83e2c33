package dev.slipway.project;

import dev.slipway.change.Environment;
import dev.slipway.policy.Share;
import java.time.Duration;
import java.util.List;

/**
 * How a service reaches production.
 *
 * @param steps the canary's shares in rising order with how long each is watched; the last is all
 *     traffic
 * @param waves the production environments in order, each ramped on its own
 */
public record RolloutPlan(List<Step> steps, List<Environment> waves) {
  /** A share of traffic that is watched for a while before the next. */
  public record Step(Share share, Duration watch) {}

  /** 5 % for ten minutes, then 25, 50 and 100 % for two minutes each, in one production. */
  public static final RolloutPlan DEFAULT =
      new RolloutPlan(
          List.of(
              new Step(Share.percent(5), Duration.ofMinutes(10)),
              new Step(Share.percent(25), Duration.ofMinutes(2)),
              new Step(Share.percent(50), Duration.ofMinutes(2)),
              new Step(Share.ALL, Duration.ofMinutes(2))),
          List.of(Environment.PRODUCTION));

  public RolloutPlan {
    steps = List.copyOf(steps);
    waves = List.copyOf(waves);
    if (steps.isEmpty() || waves.isEmpty()) {
      throw new IllegalArgumentException("a rollout has at least one step and one wave");
    }
    for (int i = 1; i < steps.size(); i++) {
      if (steps.get(i).share().compareTo(steps.get(i - 1).share()) <= 0) {
        throw new IllegalArgumentException("the shares of a rollout rise from step to step");
      }
    }
    if (!steps.getLast().share().equals(Share.ALL)) {
      throw new IllegalArgumentException("the last step of a rollout is 100 %");
    }
  }
}

package dev.slipway.app.config;

import dev.slipway.change.Environment;
import dev.slipway.policy.Share;
import dev.slipway.policy.judge.Factors;
import dev.slipway.project.RolloutPlan;
import dev.slipway.project.RolloutPlan.Step;
import dev.slipway.project.StagingPlan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Makes the plans for staging and production of their sections. */
final class PlanReader {
  private static final double RATE_MAX = 100_000;

  private PlanReader() {}

  static StagingPlan staging(Optional<View> section) {
    StagingPlan standard = StagingPlan.DEFAULT;
    Optional<View> load = section.flatMap(view -> view.mapping("load"));
    return new StagingPlan(
        section.flatMap(view -> view.duration("measure")).orElse(standard.measure()),
        load.flatMap(PlanReader::rate).orElse(standard.requestsPerSecond()),
        load.map(PlanReader::requests).orElse(standard.requests()),
        load.flatMap(PlanReader::recording),
        section
            .flatMap(view -> view.mapping("factors"))
            .map(PlanReader::factors)
            .orElse(Factors.NONE));
  }

  private static Optional<String> recording(View load) {
    if (load.has("recording") && load.has("requests")) {
      load.error("recording", "stands beside requests; expected one of the two");
      return Optional.empty();
    }
    return load.path("recording");
  }

  /** Those that the schema accepts. */
  private static Factors factors(View factors) {
    Map<String, Double> byCause = new TreeMap<>();
    for (String cause : factors.node().entries().keySet()) {
      factors
          .decimal(cause)
          .map(Number::doubleValue)
          .filter(times -> times >= Factors.MIN && times <= Factors.MAX)
          .ifPresent(times -> byCause.put(cause, times));
    }
    return byCause.size() > Factors.CAUSES_MAX ? Factors.NONE : Factors.of(byCause);
  }

  private static Optional<Double> rate(View load) {
    Optional<Double> rate = load.text("rate").flatMap(Units::perSecond);
    if (rate.isPresent() && !(rate.get() > 0 && rate.get() <= RATE_MAX)) {
      load.error("rate", "expected more than 0/s and at most 100000/s");
      return Optional.empty();
    }
    return rate;
  }

  private static List<StagingPlan.Request> requests(View load) {
    return load.mappings("requests").stream()
        .flatMap(request -> SmokeReader.request(request).stream())
        .toList();
  }

  static RolloutPlan production(Optional<View> section) {
    return section.map(PlanReader::rollout).orElse(RolloutPlan.DEFAULT);
  }

  private static RolloutPlan rollout(View view) {
    RolloutPlan standard = RolloutPlan.DEFAULT;
    Duration window = view.duration("window").orElse(standard.steps().getFirst().watch());
    Duration step = view.duration("step").orElse(standard.steps().getLast().watch());
    List<Share> shares = shares(view);
    List<Step> steps = new ArrayList<>();
    for (Share share : shares) {
      steps.add(new Step(share, steps.isEmpty() ? window : step));
    }
    return new RolloutPlan(steps, waves(view));
  }

  /** The canary's share followed by the ramp's greater ones: rising, and ending in all traffic. */
  private static List<Share> shares(View view) {
    List<Share> standard = RolloutPlan.DEFAULT.steps().stream().map(Step::share).toList();
    List<Share> ramp = view.has("ramp") ? ramp(view) : standard;
    if (ramp.isEmpty()) {
      return standard;
    }
    Optional<Share> canary = canary(view);
    if (canary.isEmpty()) {
      return ramp;
    }
    if (view.has("ramp") && canary.get().compareTo(ramp.getFirst()) > 0) {
      view.error("canary", "is greater than the ramp's first share, " + ramp.getFirst());
      return ramp;
    }
    List<Share> shares = new ArrayList<>();
    shares.add(canary.get());
    ramp.stream().filter(share -> share.compareTo(canary.get()) > 0).forEach(shares::add);
    return shares;
  }

  private static Optional<Share> canary(View view) {
    Optional<Share> canary = view.text("canary").flatMap(Units::share);
    if (view.has("canary") && canary.filter(share -> share.basisPoints() > 0).isEmpty()) {
      view.error("canary", "expected more than 0% in steps of 0.01%, such as 5%");
      return Optional.empty();
    }
    return canary;
  }

  private static List<Share> ramp(View view) {
    List<Share> ramp = new ArrayList<>();
    for (String text : view.words("ramp")) {
      Optional<Share> share = Units.share(text);
      boolean rises = share.isPresent() && share.get().compareTo(last(ramp)) > 0;
      if (!rises) {
        view.error("ramp", "expected shares that rise in steps of at least 0.01%");
        return List.of();
      }
      ramp.add(share.get());
    }
    if (!last(ramp).equals(Share.ALL)) {
      view.error("ramp", "expected 100% as the last share");
      return List.of();
    }
    return ramp;
  }

  private static Share last(List<Share> shares) {
    return shares.isEmpty() ? Share.NONE : shares.getLast();
  }

  private static List<Environment> waves(View view) {
    List<Environment> waves = new ArrayList<>();
    for (String name : view.words("waves")) {
      if (name.equals(Environment.STAGING.name())) {
        view.error("waves", "staging is not a wave of production");
      } else if (ProjectFile.isName(name)) {
        waves.add(new Environment(name));
      }
    }
    return waves.isEmpty() ? RolloutPlan.DEFAULT.waves() : waves;
  }
}

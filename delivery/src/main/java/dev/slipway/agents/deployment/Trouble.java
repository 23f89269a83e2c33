package dev.slipway.agents.deployment;

import dev.slipway.agents.Assignment;
import dev.slipway.change.Environment;
import dev.slipway.change.ServiceName;
import dev.slipway.change.Slot;
import dev.slipway.policy.Check;
import dev.slipway.policy.Verdict;
import dev.slipway.policy.judge.Interval;
import dev.slipway.policy.judge.JudgeLimits;
import dev.slipway.policy.judge.StableErrors;
import dev.slipway.project.Project;
import dev.slipway.project.Service;
import dev.slipway.target.Releases;
import dev.slipway.target.Serving;
import dev.slipway.target.Setback;
import dev.slipway.target.Slots;
import dev.slipway.telemetry.MetricSource;
import dev.slipway.telemetry.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Whether production is in trouble of its own, so that a person should say whether anything new
 * goes there now.
 */
public final class Trouble {
  /**
   * How long a rollback that was production's doing is held against other changes of the
   * repository: three times the time for which a canary is watched by default.
   */
  public static final Duration REMEMBERED = Duration.ofMinutes(30);

  /** What is looked at of the time just past, unless the source tells apart less. */
  private static final Duration LATELY = Duration.ofMinutes(1);

  private static final Duration INTERVAL_MIN = Duration.ofSeconds(10);

  /** The test never decides on fewer than three. */
  private static final int INTERVALS_MIN = 4;

  private final MetricSource metrics;
  private final Slots slots;
  private final Releases releases;
  private final Ticker ticker;

  public Trouble(MetricSource metrics, Slots slots, Releases releases, Ticker ticker) {
    this.metrics = metrics;
    this.slots = slots;
    this.releases = releases;
    this.ticker = ticker;
  }

  /** One check for each place that is looked at, and one for each incident that is remembered. */
  List<Check> checks(Assignment assignment, Set<Slot> moved) throws InterruptedException {
    JudgeLimits limits = JudgeLimits.of(assignment.limits());
    List<Check> checks = new ArrayList<>();
    for (Slot place : places(assignment.project(), moved)) {
      if (slots.serving(place).flatMap(Serving::stable).isPresent()) {
        checks.add(seen(place, limits));
      }
    }
    Set<Environment> environments = new LinkedHashSet<>();
    moved.forEach(slot -> environments.add(slot.environment()));
    Instant since = ticker.now().minus(REMEMBERED);
    for (Environment environment : environments) {
      releases.setbacks(environment, since).stream()
          .filter(incident -> concerns(incident, assignment, moved))
          .map(Trouble::remembered)
          .forEach(checks::add);
    }
    return checks;
  }

  /** The slots that are moved, and those of everything that their services depend on. */
  private static Set<Slot> places(Project project, Set<Slot> moved) {
    Set<Slot> places = new LinkedHashSet<>();
    for (Slot slot : moved) {
      for (ServiceName name : needed(project, slot.service())) {
        project
            .service(name)
            .filter(service -> service.kind() == Service.Kind.HTTP)
            .ifPresent(service -> places.add(new Slot(slot.environment(), name)));
      }
    }
    return places;
  }

  private static Set<ServiceName> needed(Project project, ServiceName name) {
    Set<ServiceName> needed = new LinkedHashSet<>();
    List<ServiceName> open = new ArrayList<>(List.of(name));
    while (!open.isEmpty()) {
      ServiceName next = open.removeFirst();
      if (needed.add(next)) {
        project.service(next).ifPresent(service -> open.addAll(service.dependsOn()));
      }
    }
    return needed;
  }

  /** A source that was just started knows nothing of the minute before: it gets that minute. */
  private Check seen(Slot place, JudgeLimits limits) throws InterruptedException {
    Verdict verdict = StableErrors.judge(place.toString(), lately(place), limits);
    if (verdict instanceof Verdict.NotRun) {
      ticker.await(ticker.now().plus(LATELY));
      verdict = StableErrors.judge(place.toString(), lately(place), limits);
    }
    return check(place, verdict);
  }

  private static Check check(Slot place, Verdict verdict) {
    String name = "incident " + place;
    return switch (verdict) {
      case Verdict.Fail(var reasons) ->
          new Check(name, Check.Outcome.FAILED, reasons.getFirst().message());
      case Verdict.NotRun(var reasons) ->
          new Check(name, Check.Outcome.NOT_RUN, reasons.getFirst().message());
      case Verdict.Inconclusive(var reasons) ->
          new Check(name, Check.Outcome.NOT_RUN, reasons.getFirst().message());
      case Verdict.Pass ignored ->
          new Check(name, Check.Outcome.PASSED, place + " keeps to its error rate");
      case Verdict.NotApplicable(String why) -> new Check(name, Check.Outcome.PASSED, why);
    };
  }

  private List<Interval> lately(Slot place) {
    Duration step =
        metrics.resolution().compareTo(INTERVAL_MIN) > 0 ? metrics.resolution() : INTERVAL_MIN;
    long count = Math.max(INTERVALS_MIN, LATELY.dividedBy(step));
    Instant end = ticker.now().minus(metrics.settling()).truncatedTo(ChronoUnit.SECONDS);
    List<Interval> lately = new ArrayList<>();
    for (long back = count; back > 0; back--) {
      Instant from = end.minus(step.multipliedBy(back));
      Instant to = from.plus(step);
      lately.add(metrics.observe(place, from, to).over(from, to));
    }
    return lately;
  }

  /** Which changes may go on after one was taken back, the service's hold says. */
  private static boolean concerns(Setback incident, Assignment assignment, Set<Slot> moved) {
    Optional<Service> ours = assignment.project().service(incident.slot().service());
    boolean held = incident.cause() == Setback.Cause.TAKEN_BACK && moved.contains(incident.slot());
    return ours.isPresent() && !held && !incident.change().equals(assignment.pull().id());
  }

  private static Check remembered(Setback incident) {
    return new Check(
        "incident %s rolled back from %s".formatted(incident.change(), incident.slot()),
        Check.Outcome.FAILED,
        "%s was rolled back from %s at %s, and the reason was production: %s"
            .formatted(
                incident.change(),
                incident.slot(),
                incident.at().truncatedTo(ChronoUnit.SECONDS),
                incident.why()));
  }
}

package dev.slipway.pipeline;

import dev.slipway.change.Candidate;
import dev.slipway.change.ChangeId;
import dev.slipway.change.CommitId;
import dev.slipway.change.Environment;
import dev.slipway.change.Person;
import dev.slipway.change.PullRequest;
import dev.slipway.change.ServiceName;
import dev.slipway.change.Stage;
import dev.slipway.policy.Check;
import dev.slipway.policy.Finding;
import dev.slipway.policy.Measurement;
import dev.slipway.policy.Measurement.Unit;
import dev.slipway.policy.Reason;
import dev.slipway.policy.Report;
import dev.slipway.policy.Share;
import dev.slipway.policy.Thresholds;
import dev.slipway.policy.Verdict;
import dev.slipway.project.RolloutPlan;
import dev.slipway.project.Service;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One change under test: sends signals, folds what they lead to, remembers the way. */
final class Journey {
  static final Person AUTHOR = Person.human("ada");
  static final Person REVIEWER = Person.human("grace");
  static final CommitId HEAD = new CommitId("a".repeat(40));
  static final Candidate CANDIDATE =
      new Candidate(new CommitId("c".repeat(40)), HEAD, new CommitId("b".repeat(40)));

  /** A commit of tests on top of the head. */
  static final CommitId TESTS = new CommitId("f".repeat(40));

  /** A step of the way. */
  record Passage(Step from, Optional<Trigger> trigger, Event event, Step to) {}

  final Planner planner = new Planner("test");
  final List<Passage> passages = new ArrayList<>();
  Instant now = Instant.parse("2026-01-01T00:00:00Z");
  ChangeState state;
  Optional<String> refused = Optional.empty();
  private long tokens;

  Journey(Options options) {
    PullRequest pull =
        new PullRequest(
            new ChangeId("c1"),
            "/repo",
            "feature",
            HEAD,
            "main",
            "t",
            "b",
            AUTHOR,
            PullRequest.Origin.SAME_REPOSITORY);
    Planner.Answer answer = planner.plan(Optional.empty(), new Signal.Open(pull, options), now);
    state =
        planner.evolve(Optional.empty(), ((Planner.Answer.Accepted) answer).events().getFirst());
  }

  static ChangePlan plan(Service.Kind... kinds) {
    List<ChangePlan.ServicePlan> services = new ArrayList<>();
    for (int i = 0; i < kinds.length; i++) {
      services.add(
          new ChangePlan.ServicePlan(
              new ServiceName("s" + i),
              kinds[i],
              new RolloutPlan(
                  List.of(
                      new RolloutPlan.Step(Share.percent(5), Duration.ofMinutes(10)),
                      new RolloutPlan.Step(Share.ALL, Duration.ofMinutes(2))),
                  List.of(Environment.PRODUCTION))));
    }
    return new ChangePlan(services, Thresholds.DEFAULT, List.of(), "sha256:config");
  }

  /** Sends the signal; what it leads to is folded into the state. */
  void send(Signal signal) {
    now = now.plusSeconds(1);
    refused = Optional.empty();
    switch (planner.plan(Optional.of(state), signal, now)) {
      case Planner.Answer.Accepted accepted -> accepted.events().forEach(this::fold);
      case Planner.Answer.Refused no -> refused = Optional.of(no.why());
    }
  }

  private void fold(Event event) {
    ChangeState next = planner.evolve(Optional.of(state), event);
    passages.add(new Passage(state.step(), Evolution.meaning(state, event), event, next.step()));
    state = next;
  }

  /** The result of the act that the current step is for. */
  void done(Result result) {
    send(new Signal.Done(work().key(), result));
  }

  Act work() {
    return new Wanted("test").work(state).orElseThrow();
  }

  void grantLeases() {
    for (var slot = Wanted.nextLease(state); slot.isPresent(); slot = Wanted.nextLease(state)) {
      send(new Signal.LeaseGranted(slot.get(), ++tokens));
    }
  }

  void approve(Person by) {
    send(new Signal.Approve(by, state.pull().head(), state.asks(), "fine"));
  }

  /** Goes on with the best of results until the change is at the step, or rests. */
  void passUntil(Step step, ChangePlan plan) {
    for (int i = 0; i < 100 && state.step() != step && state.step().stage().isPresent(); i++) {
      passOne(plan);
    }
  }

  void passOne(ChangePlan plan) {
    switch (state.step()) {
      case PREPARING -> done(new Result.Prepared(candidate(), plan));
      case REVIEWING -> report(passing(Stage.REVIEW));
      case TESTING -> report(passing(Stage.TEST));
      case ADDING_TESTS -> done(new Result.TestsAdded());
      case BUILDING -> done(new Result.Built(Map.of()));
      case QUEUED_FOR_STAGING, QUEUED_FOR_PRODUCTION, QUEUED_FOR_WITHDRAWAL -> grantLeases();
      case MEASURING -> report(passing(Stage.STAGING));
      case VALIDATING -> report(passing(Stage.VALIDATION));
      case ASSESSING, WATCHING -> report(passing(Stage.DEPLOYMENT));
      case DEPLOYING_TO_STAGING, INSTALLING_BASE, SHIFTING, PROMOTING ->
          done(new Result.Moved(Map.of()));
      case MERGING -> done(new Result.Merged());
      case ROLLING_BACK, WITHDRAWING -> done(Result.RolledBack.seen());
      default -> throw new AssertionError(state.step() + " rests");
    }
  }

  private Candidate candidate() {
    return new Candidate(CANDIDATE.commit(), state.pull().head(), CANDIDATE.base());
  }

  void report(Report report) {
    done(new Result.Reported(report, "digest"));
  }

  static Report passing(Stage stage) {
    return switch (stage) {
      case REVIEW -> risk(2);
      case TEST -> tests(12, 0.95);
      case STAGING, VALIDATION -> checked(stage, Check.Outcome.PASSED);
      case DEPLOYMENT -> judged(new Verdict.Pass());
    };
  }

  static Report risk(int risk, Finding... findings) {
    return report(
        Stage.REVIEW,
        List.of(findings),
        List.of(new Measurement.Value("review.risk", risk, Unit.SCORE)),
        List.of(),
        List.of());
  }

  static Report tests(int executed, double coverage, Check... checks) {
    return report(
        Stage.TEST,
        List.of(),
        List.of(
            new Measurement.Value("tests.executed", executed, Unit.COUNT),
            new Measurement.Value("coverage.changed_lines", coverage, Unit.RATIO)),
        List.of(checks),
        List.of());
  }

  static Report checked(Stage stage, Check.Outcome outcome) {
    return report(
        stage, List.of(), List.of(), List.of(new Check("it works", outcome, "a check")), List.of());
  }

  static Report firstDeployment() {
    return report(
        Stage.DEPLOYMENT,
        List.of(),
        List.of(),
        List.of(new Check("first production/s0", Check.Outcome.FAILED, "nothing is in production")),
        List.of());
  }

  static Report frozen(Instant until, Check... others) {
    List<Check> checks = new ArrayList<>(List.of(others));
    checks.add(new Check("frozen production/s0 until " + until, Check.Outcome.FAILED, "year end"));
    return report(Stage.DEPLOYMENT, List.of(), List.of(), checks, List.of()).frozenUntil(until);
  }

  static Report judged(Verdict verdict) {
    return report(Stage.DEPLOYMENT, List.of(), List.of(), List.of(), List.of(verdict));
  }

  static Verdict failed() {
    return new Verdict.Fail(List.of(new Reason("canary.error_rate", "error_rate", "too many")));
  }

  static Verdict inconclusive() {
    return new Verdict.Inconclusive(
        List.of(new Reason("canary.too_little_traffic", "traffic", "too few requests")));
  }

  private static Report report(
      Stage stage,
      List<Finding> findings,
      List<Measurement> measurements,
      List<Check> checks,
      List<Verdict> judged) {
    return new Report(stage, "test", findings, measurements, checks, judged, List.of(), Map.of());
  }
}

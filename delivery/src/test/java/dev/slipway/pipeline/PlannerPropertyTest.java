package dev.slipway.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.change.CommitId;
import dev.slipway.change.Environment;
import dev.slipway.change.Person;
import dev.slipway.change.ServiceName;
import dev.slipway.change.Slot;
import dev.slipway.change.Stage;
import dev.slipway.policy.Check;
import dev.slipway.policy.Judgement;
import dev.slipway.policy.Reason;
import dev.slipway.policy.Report;
import dev.slipway.policy.Verdict;
import dev.slipway.project.Service.Kind;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Thousands of seeded random histories: signals in any order, good, bad, late and forged. */
class PlannerPropertyTest {
  private static final int HISTORIES = 4_000;
  private static final int SIGNALS = 60;

  /** Neighbouring seeds of {@link Random} begin alike; multiplied by this they do not. */
  private static final long SPREAD = 0x9E3779B97F4A7C15L;

  private static final List<ChangePlan> PLANS =
      List.of(
          Journey.plan(Kind.HTTP),
          Journey.plan(Kind.HTTP, Kind.WORKER),
          Journey.plan(Kind.LIBRARY),
          Journey.plan(Kind.JOB),
          Journey.plan(Kind.NONE),
          Journey.plan());

  private static final List<List<Stage>> EMERGENCIES =
      List.of(
          List.of(Stage.REVIEW),
          List.of(Stage.TEST, Stage.VALIDATION),
          List.of(Stage.REVIEW, Stage.TEST, Stage.STAGING, Stage.VALIDATION));

  private static final Slot SLOT = new Slot(Environment.PRODUCTION, new ServiceName("s0"));

  private record Edge(Step from, Trigger trigger, Step to) {}

  private static final Set<Edge> VISITED = new HashSet<>();

  @BeforeAll
  static void travel() {
    for (int seed = 0; seed < HISTORIES; seed++) {
      for (Journey.Passage passage : walk(new Random(seed * SPREAD)).passages) {
        passage
            .trigger()
            .ifPresent(trigger -> VISITED.add(new Edge(passage.from(), trigger, passage.to())));
      }
    }
  }

  @Test
  void nothingMovesForwardWithoutAPassOrAnApprovalOfExactlyTheReasons() {
    // Checked at every single passage of every history while travelling.
    assertThat(VISITED).anyMatch(edge -> edge.to() == Step.SHIPPED);
  }

  @Test
  void everyTransitionOfTheTableIsVisited() {
    Set<Edge> table = new HashSet<>();
    Transitions.table()
        .forEach(
            (from, row) ->
                row.forEach(
                    (trigger, targets) ->
                        targets.forEach(to -> table.add(new Edge(from, trigger, to)))));

    assertThat(VISITED).containsExactlyInAnyOrderElementsOf(table);
  }

  private static Journey walk(Random random) {
    Journey journey = new Journey(options(random));
    ChangePlan plan = PLANS.get(random.nextInt(PLANS.size()));
    for (int i = 0; i < SIGNALS && !isOver(journey); i++) {
      int before = journey.passages.size();
      step(journey, plan, random);
      for (Journey.Passage passage : journey.passages.subList(before, journey.passages.size())) {
        requireEarned(journey, passage);
      }
    }
    return journey;
  }

  private static Options options(Random random) {
    return switch (random.nextInt(8)) {
      case 0, 1 -> Options.NONE.withFirstDeployment(Journey.AUTHOR);
      case 2 ->
          Options.NONE.with(
              new Emergency(EMERGENCIES.get(random.nextInt(3)), "it burns", Journey.AUTHOR));
      default -> Options.NONE;
    };
  }

  /** A change that shipped can still be taken back. */
  private static boolean isOver(Journey journey) {
    return journey.state.step().ended() && journey.state.step() != Step.SHIPPED;
  }

  private static void step(Journey journey, ChangePlan plan, Random random) {
    int dice = random.nextInt(100);
    if (journey.state.step() == Step.WAITING_FOR_PERSON) {
      waiting(journey, random);
    } else if (journey.state.step() == Step.SHIPPED) {
      journey.send(new Signal.Withdraw(Journey.AUTHOR, "it loses orders"));
    } else if (journey.state.step() == Step.ASSESSING && dice < 40) {
      journey.report(Journey.firstDeployment());
    } else if (dice < 66) {
      journey.passOne(plan);
    } else if (dice < 84) {
      stumble(journey, random);
    } else if (dice < 88) {
      journey.send(new Signal.Push(new CommitId("d".repeat(40))));
    } else if (dice < 90) {
      journey.send(
          random.nextBoolean()
              ? new Signal.Close()
              : new Signal.GiveWay(SLOT, "somebody needs the slot"));
    } else if (dice < 91) {
      journey.send(
          new Signal.PromoteEarly(
              random.nextBoolean() ? Journey.REVIEWER : Journey.AUTHOR,
              journey.state.pull().head(),
              "it is well"));
    } else if (dice < 92) {
      journey.send(new Signal.Reject(Journey.REVIEWER, "no"));
    } else if (dice < 96) {
      journey.send(
          new Signal.Done(
              random.nextInt(30) + "/review", new Result.Reported(report(Stage.REVIEW, 0), "d")));
    } else {
      journey.approve(Journey.REVIEWER);
    }
  }

  private static void waiting(Journey journey, Random random) {
    switch (random.nextInt(8)) {
      case 0 -> journey.approve(Journey.AUTHOR);
      case 1 ->
          journey.send(
              new Signal.Approve(
                  Journey.REVIEWER,
                  Journey.HEAD,
                  List.of(new Reason("other", "other", "other")),
                  ""));
      case 2 -> journey.approve(new Person("bot", Person.Kind.BOT));
      case 3 -> journey.send(new Signal.Retry(Journey.REVIEWER));
      case 4 ->
          journey.send(
              random.nextBoolean()
                  ? new Signal.Reject(Journey.REVIEWER, "no")
                  : random.nextBoolean()
                      ? new Signal.Close()
                      : new Signal.Push(new CommitId("d".repeat(40))));
      default -> journey.approve(Journey.REVIEWER);
    }
  }

  /** Something other than the best happens to the step's work. */
  private static void stumble(Journey journey, Random random) {
    Optional<Act> work = new Wanted("test").work(journey.state);
    if (work.isEmpty()) {
      return;
    }
    if (random.nextInt(4) == 0) {
      journey.send(new Signal.Broke(work.get().key(), "it broke"));
      return;
    }
    Reason reason = new Reason("some.rule", "subject", "it is so");
    switch (journey.state.step()) {
      case PREPARING, BUILDING, DEPLOYING_TO_STAGING, INSTALLING_BASE ->
          journey.done(
              random.nextBoolean()
                  ? new Result.Impossible(List.of(reason))
                  : new Result.Hindered(List.of(reason)));
      case REVIEWING -> journey.report(report(Stage.REVIEW, random.nextInt(5)));
      case TESTING -> {
        Report report = report(Stage.TEST, random.nextInt(5));
        journey.report(random.nextBoolean() ? report.proposing(Journey.TESTS) : report);
      }
      case ADDING_TESTS ->
          journey.done(
              random.nextInt(3) == 0
                  ? new Result.HeadMoved(new CommitId("d".repeat(40)))
                  : new Result.TestsNotAdded("the branch is locked"));
      case MEASURING -> journey.report(report(Stage.STAGING, random.nextInt(5)));
      case VALIDATING -> journey.report(report(Stage.VALIDATION, random.nextInt(5)));
      case ASSESSING -> {
        switch (random.nextInt(3)) {
          case 0 -> journey.done(new Result.BaseMoved(new CommitId("e".repeat(40))));
          case 1 -> journey.report(Journey.firstDeployment());
          default -> journey.report(Journey.checked(Stage.DEPLOYMENT, Check.Outcome.FAILED));
        }
      }
      case SHIFTING -> {
        if (random.nextBoolean()) {
          journey.done(new Result.BaseMoved(new CommitId("e".repeat(40))));
        } else {
          journey.done(new Result.Impossible(List.of(reason)));
        }
      }
      case WATCHING -> {
        switch (random.nextInt(4)) {
          case 0 -> journey.done(new Result.BaseMoved(new CommitId("e".repeat(40))));
          case 1 -> journey.report(Journey.judged(Journey.failed()));
          default -> journey.report(Journey.judged(Journey.inconclusive()));
        }
      }
      case MERGING ->
          journey.done(
              random.nextBoolean()
                  ? new Result.BaseMoved(new CommitId("e".repeat(40)))
                  : new Result.Hindered(List.of(reason)));
      default -> {}
    }
  }

  private static Report report(Stage stage, int sort) {
    if (sort == 0) {
      return Journey.passing(stage);
    }
    return switch (stage) {
      case REVIEW -> Journey.risk(5 + sort);
      case TEST ->
          sort == 1
              ? Journey.tests(0, 1)
              : sort == 2
                  ? Journey.tests(5, 1, new Check("t", Check.Outcome.FAILED, "m"))
                  : Journey.tests(5, 0.3);
      case STAGING, VALIDATION, DEPLOYMENT ->
          Journey.checked(stage, Check.Outcome.values()[sort % Check.Outcome.values().length]);
    };
  }

  private static final Set<Step> MOVES_PRODUCTION =
      EnumSet.of(Step.SHIFTING, Step.WATCHING, Step.MERGING, Step.PROMOTING, Step.SHIPPED);

  private static void requireEarned(Journey journey, Journey.Passage passage) {
    if (!MOVES_PRODUCTION.contains(passage.to()) || passage.from() == passage.to()) {
      return;
    }
    ChangeState state = journey.state;
    if (!state.theCandidate().head().equals(state.pull().head())) {
      throw new AssertionError(passage + " is of another head than the change has");
    }
    for (Stage stage : Stage.values()) {
      boolean decidedLater =
          stage == Stage.DEPLOYMENT
              && passage.to() != Step.PROMOTING
              && passage.to() != Step.SHIPPED;
      if (!decidedLater) {
        Optional<Judgement> judgement =
            state.judgements().stream().filter(it -> it.stage() == stage).findFirst();
        if (judgement.isEmpty() || !earned(state, judgement.get().verdict())) {
          throw new AssertionError(passage + " was not earned: " + stage + " is " + judgement);
        }
      }
    }
  }

  private static boolean isSkipped(ChangeState state, Verdict verdict) {
    return state.options().emergency().stream()
        .flatMap(it -> it.skips().stream())
        .flatMap(stage -> state.options().emergency().orElseThrow().skipped(stage).stream())
        .anyMatch(reason -> verdict.reasons().equals(List.of(reason)));
  }

  private static boolean earned(ChangeState state, Verdict verdict) {
    return verdict instanceof Verdict.Pass
        || verdict instanceof Verdict.NotApplicable
        || isSkipped(state, verdict)
        || verdict.reasons().stream()
            .allMatch(
                reason ->
                    state.approvalsInForce().stream()
                        .anyMatch(
                            approval ->
                                approval.covers(state.pull().head(), reason)
                                    && approval.by().kind() == Person.Kind.HUMAN));
  }
}

package dev.slipway.pipeline;

import static dev.slipway.pipeline.Step.ADDING_TESTS;
import static dev.slipway.pipeline.Step.ASSESSING;
import static dev.slipway.pipeline.Step.BUILDING;
import static dev.slipway.pipeline.Step.DEPLOYING_TO_STAGING;
import static dev.slipway.pipeline.Step.INSTALLING_BASE;
import static dev.slipway.pipeline.Step.MEASURING;
import static dev.slipway.pipeline.Step.MERGING;
import static dev.slipway.pipeline.Step.PREPARING;
import static dev.slipway.pipeline.Step.PROMOTING;
import static dev.slipway.pipeline.Step.QUEUED_FOR_PRODUCTION;
import static dev.slipway.pipeline.Step.QUEUED_FOR_STAGING;
import static dev.slipway.pipeline.Step.QUEUED_FOR_WITHDRAWAL;
import static dev.slipway.pipeline.Step.REVIEWING;
import static dev.slipway.pipeline.Step.ROLLING_BACK;
import static dev.slipway.pipeline.Step.SHIFTING;
import static dev.slipway.pipeline.Step.SHIPPED;
import static dev.slipway.pipeline.Step.TESTING;
import static dev.slipway.pipeline.Step.VALIDATING;
import static dev.slipway.pipeline.Step.WAITING_FOR_PERSON;
import static dev.slipway.pipeline.Step.WATCHING;
import static dev.slipway.pipeline.Step.WITHDRAWING;
import static dev.slipway.pipeline.Trigger.ADD_TESTS;
import static dev.slipway.pipeline.Trigger.APPROVED;
import static dev.slipway.pipeline.Trigger.ASK;
import static dev.slipway.pipeline.Trigger.BASE_MOVED;
import static dev.slipway.pipeline.Trigger.COMPLETE;
import static dev.slipway.pipeline.Trigger.INSTALL_BASE;
import static dev.slipway.pipeline.Trigger.PROCEED;
import static dev.slipway.pipeline.Trigger.RETRIED;
import static dev.slipway.pipeline.Trigger.ROLL_BACK;
import static dev.slipway.pipeline.Trigger.SKIP;
import static dev.slipway.pipeline.Trigger.STOP;
import static dev.slipway.pipeline.Trigger.TESTS_ADDED;

import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * The one table of what can happen next. A trigger that a step does not list cannot happen there.
 * Where a row has several targets, the state itself says which: {@link ChangeState#resume()}.
 */
public final class Transitions {
  private static final Map<Step, Map<Trigger, Set<Step>>> TABLE = new EnumMap<>(Step.class);

  static {
    from(PREPARING).on(PROCEED, REVIEWING);
    from(REVIEWING).on(PROCEED, TESTING).on(SKIP, TESTING);
    from(TESTING).on(PROCEED, BUILDING).on(SKIP, BUILDING).on(ADD_TESTS, ADDING_TESTS);
    from(ADDING_TESTS).on(TESTS_ADDED, PREPARING).on(PROCEED, BUILDING);
    from(BUILDING).on(PROCEED, QUEUED_FOR_STAGING).on(SKIP, VALIDATING);
    from(QUEUED_FOR_STAGING).on(PROCEED, DEPLOYING_TO_STAGING).on(SKIP, VALIDATING);
    from(DEPLOYING_TO_STAGING).on(PROCEED, MEASURING);
    from(MEASURING).on(PROCEED, VALIDATING);
    from(VALIDATING).on(PROCEED, QUEUED_FOR_PRODUCTION).on(SKIP, QUEUED_FOR_PRODUCTION);
    from(QUEUED_FOR_PRODUCTION).on(PROCEED, ASSESSING).on(SKIP, MERGING);
    from(ASSESSING)
        .on(PROCEED, SHIFTING)
        .on(INSTALL_BASE, INSTALLING_BASE)
        .on(BASE_MOVED, PREPARING);
    from(INSTALLING_BASE).on(PROCEED, SHIFTING);
    from(SHIFTING).on(PROCEED, WATCHING).on(BASE_MOVED, ROLLING_BACK);
    from(WATCHING).on(PROCEED, SHIFTING).on(COMPLETE, MERGING).on(BASE_MOVED, ROLLING_BACK);
    from(MERGING)
        .on(PROCEED, PROMOTING)
        .on(COMPLETE, SHIPPED)
        .on(ROLL_BACK, ROLLING_BACK)
        .on(ASK, WAITING_FOR_PERSON)
        .on(BASE_MOVED, ROLLING_BACK, PREPARING);
    // From here on there is one way only: a fault is tried again, and people are told.
    from(PROMOTING).on(PROCEED, SHIPPED).on(RETRIED, PROMOTING);
    from(ROLLING_BACK)
        .on(RETRIED, ROLLING_BACK)
        .on(
            Trigger.ROLLED_BACK,
            Step.ROLLED_BACK,
            WAITING_FOR_PERSON,
            PREPARING,
            Step.REJECTED,
            Step.SUPERSEDED,
            Step.CLOSED);
    from(SHIPPED).on(Trigger.WITHDRAWN, QUEUED_FOR_WITHDRAWAL);
    from(QUEUED_FOR_WITHDRAWAL).on(PROCEED, WITHDRAWING);
    from(WITHDRAWING).on(RETRIED, WITHDRAWING).on(Trigger.ROLLED_BACK, Step.ROLLED_BACK);
    from(WAITING_FOR_PERSON)
        .on(APPROVED, PREPARING, TESTING, BUILDING, QUEUED_FOR_STAGING, QUEUED_FOR_PRODUCTION)
        .on(
            RETRIED,
            PREPARING,
            REVIEWING,
            TESTING,
            BUILDING,
            QUEUED_FOR_STAGING,
            QUEUED_FOR_PRODUCTION)
        .on(Trigger.REJECTED, Step.REJECTED)
        .on(Trigger.SUPERSEDED, Step.SUPERSEDED)
        .on(Trigger.CLOSED, Step.CLOSED);
    for (Step step : Step.values()) {
      if (step.stage().isPresent() && !step.irrevocable()) {
        leaving(step);
      }
    }
    asking(
        PREPARING,
        REVIEWING,
        TESTING,
        ADDING_TESTS,
        BUILDING,
        DEPLOYING_TO_STAGING,
        MEASURING,
        VALIDATING,
        ASSESSING);
    stopping(PREPARING, TESTING, BUILDING, DEPLOYING_TO_STAGING, MEASURING, VALIDATING);
  }

  /** Where something may come up that a person has to decide. */
  private static void asking(Step... steps) {
    for (Step step : steps) {
      from(step).on(ASK, WAITING_FOR_PERSON);
    }
  }

  /** Where something may come up that ends the change. */
  private static void stopping(Step... steps) {
    for (Step step : steps) {
      from(step).on(STOP, Step.REJECTED);
    }
  }

  private Transitions() {}

  /**
   * Any running step can end early: by itself, for a person, or because the change was taken back.
   */
  private static void leaving(Step step) {
    Row row = from(step);
    if (step.touchesProduction()) {
      row.on(ROLL_BACK, ROLLING_BACK)
          .on(Trigger.REJECTED, ROLLING_BACK)
          .on(Trigger.SUPERSEDED, ROLLING_BACK)
          .on(Trigger.CLOSED, ROLLING_BACK);
    } else {
      row.on(Trigger.REJECTED, Step.REJECTED)
          .on(Trigger.SUPERSEDED, Step.SUPERSEDED)
          .on(Trigger.CLOSED, Step.CLOSED);
    }
  }

  /** Where the trigger can lead from the step; empty if it cannot happen there. */
  static Set<Step> targets(Step step, Trigger trigger) {
    return TABLE
        .getOrDefault(step, Collections.emptyMap())
        .getOrDefault(trigger, Collections.emptySet());
  }

  /** Every row: what can happen in each step and where it can lead. */
  public static Map<Step, Map<Trigger, Set<Step>>> table() {
    return Collections.unmodifiableMap(TABLE);
  }

  private static Row from(Step step) {
    return new Row(TABLE.computeIfAbsent(step, ignored -> new EnumMap<>(Trigger.class)));
  }

  private record Row(Map<Trigger, Set<Step>> cells) {
    Row on(Trigger trigger, Step first, Step... others) {
      cells.put(trigger, Collections.unmodifiableSet(EnumSet.of(first, others)));
      return this;
    }
  }
}

package dev.slipway.pipeline;

import dev.slipway.change.Stage;
import java.util.Optional;

/** Where a change stands, in the order of its way; then the places where it rests. */
public enum Step {
  /** The candidate is being made. */
  PREPARING(Stage.REVIEW),
  REVIEWING(Stage.REVIEW),
  TESTING(Stage.TEST),
  /** Tests that were written for the change, and hold, go to its branch. */
  ADDING_TESTS(Stage.TEST),
  BUILDING(Stage.STAGING),
  QUEUED_FOR_STAGING(Stage.STAGING),
  DEPLOYING_TO_STAGING(Stage.STAGING),
  MEASURING(Stage.STAGING),
  VALIDATING(Stage.VALIDATION),
  QUEUED_FOR_PRODUCTION(Stage.DEPLOYMENT),
  /** The last check before production moves, under its lease. */
  ASSESSING(Stage.DEPLOYMENT),
  /** Nothing is in production yet: the base branch's own version goes first. */
  INSTALLING_BASE(Stage.DEPLOYMENT),
  SHIFTING(Stage.DEPLOYMENT),
  WATCHING(Stage.DEPLOYMENT),
  /** The candidate holds at 100 %: the base branch is moved to it. */
  MERGING(Stage.DEPLOYMENT),
  PROMOTING(Stage.DEPLOYMENT),
  ROLLING_BACK(Stage.DEPLOYMENT),
  QUEUED_FOR_WITHDRAWAL(Stage.DEPLOYMENT),
  /** A person took the shipped change back: what ran before it is put back. */
  WITHDRAWING(Stage.DEPLOYMENT),
  WAITING_FOR_PERSON,
  SHIPPED,
  REJECTED,
  ROLLED_BACK,
  SUPERSEDED,
  CLOSED;

  private final Optional<Stage> stage;

  Step(Stage stage) {
    this.stage = Optional.of(stage);
  }

  Step() {
    this.stage = Optional.empty();
  }

  /** The stage it belongs to; empty where a change rests. */
  public Optional<Stage> stage() {
    return stage;
  }

  /** Whether a change here has ended for good. */
  public boolean ended() {
    return switch (this) {
      case SHIPPED, REJECTED, ROLLED_BACK, SUPERSEDED, CLOSED -> true;
      default -> false;
    };
  }

  /** Whether a change here does nothing by itself any more: it has ended, or people decide. */
  public boolean rests() {
    return ended() || this == WAITING_FOR_PERSON;
  }

  /**
   * Whether production may already carry something of the change, so that leaving means rolling
   * back.
   */
  boolean touchesProduction() {
    return switch (this) {
      case INSTALLING_BASE, SHIFTING, WATCHING -> true;
      default -> false;
    };
  }

  /** Whether the change has passed the point after which it can no longer be called back. */
  boolean irrevocable() {
    return switch (this) {
      case MERGING, PROMOTING, ROLLING_BACK, QUEUED_FOR_WITHDRAWAL, WITHDRAWING -> true;
      default -> false;
    };
  }

  /** Whether it takes something back, so that the reasons for that stay. */
  boolean movesBack() {
    return this == ROLLING_BACK || this == QUEUED_FOR_WITHDRAWAL || this == WITHDRAWING;
  }

  /** The state that people see. */
  public String state() {
    return switch (this) {
      case QUEUED_FOR_STAGING, QUEUED_FOR_PRODUCTION, QUEUED_FOR_WITHDRAWAL -> "WAITING_FOR_LEASE";
      case WAITING_FOR_PERSON, SHIPPED, REJECTED, ROLLED_BACK, SUPERSEDED, CLOSED -> name();
      default -> stage.map(Stage::name).orElse(name());
    };
  }
}

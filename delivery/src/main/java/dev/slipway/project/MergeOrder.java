package dev.slipway.project;

/** When the base branch is moved to the candidate. */
public enum MergeOrder {
  /** When the candidate holds at all of production's traffic: main is what runs. */
  AFTER_PRODUCTION,
  /** After validation and before the canary, for those whose releases are cut from main. */
  BEFORE_PRODUCTION
}

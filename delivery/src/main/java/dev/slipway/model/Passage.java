package dev.slipway.model;

/** A part of what a model is given: our own words, or somebody else's as data. */
public sealed interface Passage {
  /** Words of ours. Nothing from a change is ever in them. */
  record Instruction(String text) implements Passage {}

  /**
   * Text from elsewhere: untrusted. It is delimited by a boundary that it cannot contain, and what
   * a person would not see in it is made visible.
   *
   * @param label what it is, in our words
   */
  record Data(String label, String text) implements Passage {}
}

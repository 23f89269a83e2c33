package dev.slipway.app.demo;

/** The sample's five pull requests, and how each has to end. The name is also its directory's. */
enum SampleChange {
  CLEAN("a", "clean", "SHIPPED", "nothing is wrong with it: it ships"),
  CREDENTIAL(
      "b", "credential", "WAITING_FOR_PERSON", "an access key in the code: a person is asked"),
  MIGRATION("c", "migration", "SHIPPED", "a schema change: a person is asked, approves, it ships"),
  BROKEN_SMOKE("d", "broken-smoke", "REJECTED", "fails its smoke test: it stops at staging"),
  SLOW_IN_PRODUCTION(
      "e",
      "slow-in-production",
      "ROLLED_BACK",
      "slow only under production's traffic: the canary sees it, it is rolled back");

  private final String letter;
  private final String branch;
  private final String expected;
  private final String story;

  SampleChange(String letter, String branch, String expected, String story) {
    this.letter = letter;
    this.branch = branch;
    this.expected = expected;
    this.story = story;
  }

  String letter() {
    return letter;
  }

  /** Its branch, and its directory among the sample's changes. */
  String branch() {
    return branch;
  }

  /** The state it has to rest in. */
  String expected() {
    return expected;
  }

  /** What it is there to show. */
  String story() {
    return story;
  }

  /** Who wrote it: each its own author, none of them the approver. */
  String author() {
    return "author-of-" + branch + "@orders.example";
  }
}

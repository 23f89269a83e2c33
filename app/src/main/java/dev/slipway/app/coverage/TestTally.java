package dev.slipway.app.coverage;

import dev.slipway.agents.testing.TestReports.Failure;
import dev.slipway.agents.testing.TestReports.Results;
import java.util.ArrayList;
import java.util.List;

/** Adds up the tests of all reports. */
final class TestTally {
  private static final int LISTED_MAX = 1_000;
  private static final int MESSAGE_MAX = 2_000;

  private final List<Failure> failures = new ArrayList<>();
  private int executed;
  private int skipped;
  private int unlisted;

  void passed() {
    executed++;
  }

  void skipped() {
    skipped++;
  }

  void failed(String test, String message) {
    executed++;
    alsoFailed(test, message);
  }

  /** Something failed that is no test of its own, such as the setup of a suite. */
  void alsoFailed(String test, String message) {
    if (failures.size() < LISTED_MAX) {
      failures.add(new Failure(test, cut(message.strip())));
    } else {
      unlisted++;
    }
  }

  private static String cut(String message) {
    return message.length() <= MESSAGE_MAX ? message : message.substring(0, MESSAGE_MAX) + "…";
  }

  Results.Ran results() {
    List<Failure> listed = new ArrayList<>(failures);
    if (unlisted > 0) {
      listed.add(new Failure(unlisted + " more failures", "only " + LISTED_MAX + " are listed"));
    }
    return new Results.Ran(executed, skipped, listed);
  }
}

package dev.slipway.agents.review;

import dev.slipway.model.Account;
import dev.slipway.policy.Finding;
import java.util.List;

/** What the model's part in a review came to. */
sealed interface Opinion {
  /** No model is configured. */
  record Absent() implements Opinion {}

  /** One is, and gave no opinion: why, as a sentence. */
  record NotRun(String why, Account account) implements Opinion {}

  /**
   * It gave one, and code checked it.
   *
   * @param risk 1 to 10; counts only where it is more than the floor's
   * @param rationale its reasons, safe to show
   * @param findings claims whose quotes stand where they are said to, and that were not refuted
   * @param misplaced how many claims were dropped because the quote is not at that place
   * @param refuted how many claims a second pass refuted, and were dropped
   * @param examined how a second pass went, as a sentence; empty if there was nothing to examine
   * @param unread files it was not shown, because they did not fit
   */
  record Given(
      int risk,
      String rationale,
      List<Finding> findings,
      int misplaced,
      int refuted,
      String examined,
      List<ReadingList.Unread> unread,
      Account account)
      implements Opinion {
    public Given {
      findings = List.copyOf(findings);
      unread = List.copyOf(unread);
    }
  }
}

package dev.slipway.pipeline;

import dev.slipway.change.ChangeId;
import dev.slipway.change.CommitId;
import dev.slipway.change.Printable;
import dev.slipway.change.PullRequest;
import dev.slipway.policy.Approval;

/**
 * The change that takes out of the base branch what was taken back from production. Its names are a
 * function of the commit that goes, so that it is made once.
 *
 * @param change its name
 * @param branch the branch that carries it
 * @param title what it is called
 * @param word whose word it is: its author, who cannot let pass its exceptions
 */
public record Reversal(ChangeId change, String branch, String title, Approval word) {
  /** It goes before everything that has the usual priority. */
  static final int PRIORITY = 100;

  private static final int NAME_CHARS = 12;

  /** The reversal of a change that was taken back. */
  public static Reversal of(ChangeState state) {
    String commit = state.theCandidate().commit().hex().substring(0, NAME_CHARS);
    return new Reversal(
        new ChangeId("revert-" + commit),
        "slipway/revert-" + commit,
        "Revert \"" + Printable.of(state.pull().title()) + "\"",
        state
            .withdrawal()
            .orElseThrow(
                () -> new IllegalStateException(state.pull().id() + " was not taken back")));
  }

  String message() {
    return title + "\n\n" + body() + "\n";
  }

  PullRequest pull(ChangeState state, CommitId head) {
    return new PullRequest(
        change,
        state.pull().repository(),
        branch,
        head,
        state.pull().baseBranch(),
        title,
        body(),
        word.by(),
        PullRequest.Origin.SAME_REPOSITORY);
  }

  private String body() {
    return word.by() + " took it back from production: " + Printable.of(word.comment());
  }
}

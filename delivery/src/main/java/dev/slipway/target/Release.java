package dev.slipway.target;

import dev.slipway.change.Artifact;
import dev.slipway.change.ChangeId;
import dev.slipway.change.CommitId;
import java.util.Optional;

/**
 * A version that became what a slot runs.
 *
 * @param change the change that brought it
 * @param commit what it was built from, in the repository
 * @param withdrawal empty if the change brought it; else it was put back because another change was
 *     taken back
 */
public record Release(
    ChangeId change,
    String repository,
    CommitId commit,
    Artifact artifact,
    Optional<Withdrawal> withdrawal) {

  /**
   * A change that was taken back after it shipped. As long as nothing newer is released, its slot
   * is held for what makes the base branch and production agree again.
   *
   * @param withdrawn the change that ran before, and is in the base branch still
   * @param commit what the base branch got by it
   * @param by the login of the person
   */
  public record Withdrawal(ChangeId withdrawn, CommitId commit, String by, String why) {}

  /** The same version, put back. */
  public Release because(Withdrawal of) {
    return new Release(change, repository, commit, artifact, Optional.of(of));
  }
}

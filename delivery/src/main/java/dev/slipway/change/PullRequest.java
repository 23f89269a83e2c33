package dev.slipway.change;

/**
 * The request to bring {@code head} into {@code baseBranch}. Title and body are the author's words:
 * untrusted data, never instructions.
 *
 * @param repository the repository as its forge addresses it (a path for local git)
 * @param headBranch the branch that carries the change
 * @param head the commit that was asked for; a later push makes a new request
 * @param origin whether the head lives in the same repository or in a fork, which never sees
 *     secrets
 */
public record PullRequest(
    ChangeId id,
    String repository,
    String headBranch,
    CommitId head,
    String baseBranch,
    String title,
    String body,
    Person author,
    Origin origin) {

  /** The same request at another commit of its branch. */
  public PullRequest at(CommitId newHead) {
    return new PullRequest(
        id, repository, headBranch, newHead, baseBranch, title, body, author, origin);
  }

  /** The same request under the name of a change that is known already. */
  public PullRequest as(ChangeId known) {
    return new PullRequest(
        known, repository, headBranch, head, baseBranch, title, body, author, origin);
  }

  /** Where the head branch lives. */
  public enum Origin {
    SAME_REPOSITORY,
    FORK
  }
}

package dev.slipway.change;

/**
 * The pull request's head merged with the newest base: the exact commit that is tested, staged,
 * canaried, and that becomes the base branch when it holds.
 *
 * @param commit the merge commit, in a private ref until it is promoted
 * @param head the pull request's commit that went in
 * @param base the base branch's commit that went in; the expected old value when the base is moved
 */
public record Candidate(CommitId commit, CommitId head, CommitId base) {}

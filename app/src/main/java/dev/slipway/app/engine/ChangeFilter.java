package dev.slipway.app.engine;

import java.util.Optional;

/**
 * Which changes are asked for, latest first.
 *
 * @param repository only this one's
 * @param headBranch only those of this branch
 * @param limit at most this many, 1 to 1000
 */
public record ChangeFilter(
    Optional<String> repository, Optional<String> headBranch, Standing standing, int limit) {
  /** Whether a change has ended. */
  public enum Standing {
    ANY,
    IN_FLIGHT,
    ENDED
  }

  /** The latest hundred. */
  public static final ChangeFilter LATEST =
      new ChangeFilter(Optional.empty(), Optional.empty(), Standing.ANY, 100);

  public ChangeFilter {
    if (limit < 1 || limit > 1000) {
      throw new IllegalArgumentException("limit must lie between 1 and 1000");
    }
  }
}

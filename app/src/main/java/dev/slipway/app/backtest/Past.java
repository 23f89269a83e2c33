package dev.slipway.app.backtest;

import dev.slipway.agents.review.Subject;
import dev.slipway.change.CommitId;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A change that was merged.
 *
 * @param subject reads the change as it was, with the history known at that time; empty for a
 *     commit that has no parent to be compared with
 */
public record Past(CommitId commit, Supplier<Optional<Subject>> subject) {}

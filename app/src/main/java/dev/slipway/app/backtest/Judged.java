package dev.slipway.app.backtest;

import dev.slipway.agents.review.FloorReview;
import dev.slipway.change.CommitId;
import dev.slipway.policy.Judgement;
import java.util.Optional;

/**
 * What came of one change.
 *
 * @param addedLines for comparison: the simplest predictor of trouble there is
 * @param other the judgement under the other policy, if there is one
 */
public record Judged(
    CommitId commit,
    FloorReview review,
    Judgement judgement,
    int addedLines,
    Optional<Judgement> other) {}

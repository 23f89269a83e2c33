package dev.slipway.app.api;

import java.util.List;

/**
 * A person's decision on a change.
 *
 * @param commit the head commit that was looked at
 * @param reasons the reasons that were looked at
 */
public record DecisionRequest(
    String by, String commit, List<ChangeView.ReasonView> reasons, String comment) {}

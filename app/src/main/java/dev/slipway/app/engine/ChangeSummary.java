package dev.slipway.app.engine;

import dev.slipway.change.ChangeId;
import java.time.Instant;

/**
 * One line about a change.
 *
 * @param state the state that people see, such as {@code WAITING_FOR_PERSON}
 */
public record ChangeSummary(
    ChangeId id,
    String repository,
    String headBranch,
    String state,
    String title,
    String author,
    Instant createdAt,
    Instant updatedAt) {}

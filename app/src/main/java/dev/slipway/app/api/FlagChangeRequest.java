package dev.slipway.app.api;

import java.util.List;
import java.util.Optional;

/**
 * A feature flag was switched.
 *
 * @param id the flag system's own name of this event, so that telling it again does nothing;
 *     without one, it is what is told that names it
 * @param services whom it reaches; absent means all
 * @param environments where; absent means everywhere
 * @param at when, such as {@code 2026-11-24T14:20:00Z}; absent means now
 * @param by the login of whoever switched it
 */
public record FlagChangeRequest(
    Optional<String> id,
    String flag,
    Optional<List<String>> services,
    Optional<List<String>> environments,
    Optional<String> at,
    String by) {}

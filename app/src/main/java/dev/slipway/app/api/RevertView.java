package dev.slipway.app.api;

import java.util.Optional;

/**
 * What became of taking a change out of its base branch, after it was taken back from production.
 *
 * @param change the change that does it; empty if there is none
 * @param branch the branch that carries it
 * @param message how things stand, for people
 */
public record RevertView(Optional<String> change, Optional<String> branch, String message) {}

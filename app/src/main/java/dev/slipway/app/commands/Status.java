package dev.slipway.app.commands;

import dev.slipway.change.Artifact;
import java.net.URI;
import java.util.Optional;

/**
 * What a status script says a slot serves. Nothing at all, {@code {}}, is a slot where nothing was
 * ever deployed.
 *
 * @param stable the artifact that serves all traffic the canary does not, as it was given
 * @param shareBp the canary's share in hundredths of a percent; absent is none
 * @param endpoint where clients reach the slot
 */
record Status(
    Optional<Artifact> stable,
    Optional<Artifact> canary,
    Optional<Integer> shareBp,
    Optional<URI> endpoint,
    Optional<URI> canaryEndpoint) {}

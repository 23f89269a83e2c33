package dev.slipway.target;

import dev.slipway.change.Artifact;
import dev.slipway.policy.Share;
import java.net.URI;
import java.util.Optional;

/**
 * What a slot serves now.
 *
 * @param epoch the highest epoch obeyed
 * @param stable the version that serves all traffic that the canary does not
 * @param canary the version beside it, if one is up
 * @param share the canary's share of traffic
 * @param endpoint where clients reach the slot
 * @param canaryEndpoint where the canary alone is reached, for checks
 */
public record Serving(
    Epoch epoch,
    Optional<Artifact> stable,
    Optional<Artifact> canary,
    Share share,
    URI endpoint,
    Optional<URI> canaryEndpoint) {}

package dev.slipway.app.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Optional;

/**
 * Asks for a branch to be taken to production. Durations are ISO 8601, such as {@code PT10S}.
 *
 * @param firstDeployment login of the person who consents to a first deployment
 */
public record ShipRequest(
    String repository,
    @JsonProperty("head_branch") String headBranch,
    @JsonProperty("base_branch") String baseBranch,
    @JsonProperty("staging_measure") Optional<String> stagingMeasure,
    @JsonProperty("canary_window") Optional<String> canaryWindow,
    @JsonProperty("ramp_step") Optional<String> rampStep,
    @JsonProperty("first_deployment") Optional<String> firstDeployment,
    int priority) {}

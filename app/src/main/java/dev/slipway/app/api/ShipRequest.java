package dev.slipway.app.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.slipway.change.Person;
import dev.slipway.change.Stage;
import dev.slipway.pipeline.Emergency;
import java.util.List;
import java.util.Optional;

/**
 * Asks for a branch to be taken to production. Durations are ISO 8601, such as {@code PT10S}.
 *
 * @param emergency why gates are skipped, which, and who says so
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
    Optional<EmergencyRequest> emergency,
    int priority) {

  /** An emergency: the gates by name, such as {@code test}. */
  public record EmergencyRequest(List<String> skips, String why, String by) {
    /**
     * The emergency that is asked for.
     *
     * @throws IllegalArgumentException naming what is not to be had
     */
    public Emergency declared() {
      return new Emergency(skips.stream().map(Stage::of).toList(), why, Person.human(by));
    }
  }
}

package dev.slipway.pipeline;

import dev.slipway.change.Person;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the person who sent the change asked for. Nothing here is silent: all of it is recorded with
 * the change.
 *
 * @param stagingMeasure how long staging is measured, instead of what the configuration says
 * @param canaryWindow how long the first share is watched
 * @param rampStep how long every later share is watched
 * @param firstDeployment who consents to the base branch's version being installed where nothing
 *     runs yet
 * @param sandbox the name of the sandbox that commands run in; running without one is on record
 * @param priority higher is served first in the lease queue; 0 is usual
 */
public record Options(
    Optional<Duration> stagingMeasure,
    Optional<Duration> canaryWindow,
    Optional<Duration> rampStep,
    Optional<Person> firstDeployment,
    Optional<String> sandbox,
    int priority) {
  public static final Options NONE =
      new Options(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          0);

  /** What was asked for, by name, for the audit log. */
  Map<String, String> asMap() {
    Map<String, String> map = new TreeMap<>();
    stagingMeasure.ifPresent(it -> map.put("staging_measure", it.toString()));
    canaryWindow.ifPresent(it -> map.put("canary_window", it.toString()));
    rampStep.ifPresent(it -> map.put("ramp_step", it.toString()));
    firstDeployment.ifPresent(it -> map.put("first_deployment", it.login()));
    sandbox.ifPresent(it -> map.put("sandbox", it));
    if (priority != 0) {
      map.put("priority", Integer.toString(priority));
    }
    return map;
  }
}

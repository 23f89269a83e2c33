package dev.slipway.pipeline;

import dev.slipway.audit.AuditRecord;
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
 * @param emergency which gates are skipped, and why
 * @param priority higher is served first in the lease queue; 0 is usual
 */
public record Options(
    Optional<Duration> stagingMeasure,
    Optional<Duration> canaryWindow,
    Optional<Duration> rampStep,
    Optional<Person> firstDeployment,
    Optional<String> sandbox,
    Optional<Emergency> emergency,
    int priority) {
  public static final Options NONE =
      new Options(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          0);

  /** These, with somebody's consent to a first deployment. */
  public Options withFirstDeployment(Person by) {
    return new Options(
        stagingMeasure, canaryWindow, rampStep, Optional.of(by), sandbox, emergency, priority);
  }

  /** These, with commands running in the sandbox of this name. */
  public Options withSandbox(String name) {
    return new Options(
        stagingMeasure,
        canaryWindow,
        rampStep,
        firstDeployment,
        Optional.of(name),
        emergency,
        priority);
  }

  /** These, in an emergency, which goes first. */
  public Options with(Emergency declared) {
    return new Options(
        stagingMeasure,
        canaryWindow,
        rampStep,
        firstDeployment,
        sandbox,
        Optional.of(declared),
        Math.max(priority, Emergency.PRIORITY));
  }

  /** These, with this place in the queues. */
  public Options withPriority(int other) {
    return new Options(
        stagingMeasure, canaryWindow, rampStep, firstDeployment, sandbox, emergency, other);
  }

  /** What was asked for, by name, for the audit log. */
  Map<String, String> asMap() {
    Map<String, String> map = new TreeMap<>();
    stagingMeasure.ifPresent(it -> map.put("staging_measure", it.toString()));
    canaryWindow.ifPresent(it -> map.put("canary_window", it.toString()));
    rampStep.ifPresent(it -> map.put("ramp_step", it.toString()));
    firstDeployment.ifPresent(it -> map.put("first_deployment", it.login()));
    sandbox.ifPresent(it -> map.put("sandbox", it));
    emergency.ifPresent(
        it -> {
          map.put("emergency", it.why());
          map.put("emergency_by", it.by().login());
          map.put(AuditRecord.EMERGENCY_SKIPS, it.names());
        });
    if (priority != 0) {
      map.put("priority", Integer.toString(priority));
    }
    return map;
  }
}

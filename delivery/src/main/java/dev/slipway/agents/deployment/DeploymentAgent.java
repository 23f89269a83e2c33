package dev.slipway.agents.deployment;

import dev.slipway.agents.Agent;
import dev.slipway.agents.Assignment;
import dev.slipway.change.Artifact;
import dev.slipway.change.Environment;
import dev.slipway.change.Slot;
import dev.slipway.change.Stage;
import dev.slipway.policy.Check;
import dev.slipway.policy.Report;
import dev.slipway.project.Service;
import dev.slipway.target.Releases;
import dev.slipway.target.Serving;
import dev.slipway.target.Slots;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Before production moves: is there a version to compare with, and was this one ever rolled back?
 * While it moves: how does the canary do? It looks and reports; it moves nothing.
 */
public final class DeploymentAgent implements Agent {
  private static final String NAME = "deployment/1";

  private final Slots slots;
  private final Releases releases;
  private final CanaryWatch canaries;

  public DeploymentAgent(Slots slots, Releases releases, CanaryWatch canaries) {
    this.slots = slots;
    this.releases = releases;
    this.canaries = canaries;
  }

  @Override
  public Stage stage() {
    return Stage.DEPLOYMENT;
  }

  @Override
  public Report run(Assignment assignment) throws InterruptedException {
    return assignment.watch().isPresent()
        ? canaries.watch(NAME, assignment, assignment.watch().get())
        : assess(assignment);
  }

  private Report assess(Assignment assignment) {
    List<Check> checks = new ArrayList<>();
    for (Service service : assignment.services()) {
      Artifact artifact = assignment.artifacts().get(service.name());
      if (service.run().isEmpty() || artifact == null) {
        continue;
      }
      for (Environment wave : service.production().waves()) {
        Slot slot = new Slot(wave, service.name());
        checks.add(first(slot));
        checks.add(knownBad(slot, artifact));
      }
    }
    return new Report(
        Stage.DEPLOYMENT, NAME, List.of(), List.of(), checks, List.of(), List.of(), Map.of());
  }

  private Check first(Slot slot) {
    boolean stable = slots.serving(slot).flatMap(Serving::stable).isPresent();
    return new Check(
        "first " + slot,
        stable ? Check.Outcome.PASSED : Check.Outcome.FAILED,
        stable
            ? "there is a stable version to compare with"
            : "nothing runs in "
                + slot
                + " yet: the base branch's own version has to be installed first, with a person's"
                + " consent (`--first-deployment`, or approve)");
  }

  private Check knownBad(Slot slot, Artifact artifact) {
    boolean bad = releases.wasRolledBack(slot, artifact.digest());
    return new Check(
        "rolled_back_before " + slot,
        bad ? Check.Outcome.FAILED : Check.Outcome.PASSED,
        bad
            ? artifact + " was rolled back from " + slot + " before"
            : artifact + " was never rolled back from " + slot);
  }
}

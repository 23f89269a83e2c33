package dev.slipway.app.detectors.workflows;

import dev.slipway.agents.review.Detector;
import dev.slipway.agents.review.FileRole;
import dev.slipway.agents.review.Subject;
import dev.slipway.app.detectors.text.ChangedFile;
import dev.slipway.app.detectors.text.Findings;
import dev.slipway.change.FileChange;
import dev.slipway.policy.Finding.Kind;
import java.util.List;

/** Dangers to the way software is built and delivered. */
public final class SupplyChainDetector implements Detector {
  private static final List<Check> CHECKS =
      List.of(
          new ActionsWorkflows(),
          new OtherPipelines(),
          new Dockerfiles(),
          new Privileges(),
          new RemoteScripts(),
          new InstallScripts(),
          new Registries(),
          new LockEntries());

  @Override
  public String name() {
    return "workflows";
  }

  @Override
  public Outcome inspect(Subject subject) {
    Findings findings = new Findings(Kind.SUPPLY_CHAIN, subject);
    List<ChangedFile> files = ChangedFile.of(subject);
    for (ChangedFile file : files) {
      if (file.change().kind() != FileChange.Kind.DELETED
          && file.role() != FileRole.DOCUMENTATION) {
        CHECKS.forEach(check -> check.inspect(file, findings));
      }
    }
    LockPairs.inspect(subject, files, findings);
    OpaqueFiles.inspect(subject.diff(), findings);
    return new Outcome.Inspected(findings.all());
  }
}

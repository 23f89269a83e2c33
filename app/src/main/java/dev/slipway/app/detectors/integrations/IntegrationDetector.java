package dev.slipway.app.detectors.integrations;

import dev.slipway.agents.review.Detector;
import dev.slipway.agents.review.Subject;
import dev.slipway.app.detectors.text.ChangedFile;
import dev.slipway.app.detectors.text.Findings;
import dev.slipway.change.FileChange;
import dev.slipway.policy.Finding.Kind;
import dev.slipway.policy.Finding.Severity;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Integrations with services that the base does not have. In a bare patch the base is what the
 * patch shows of it. Severity: medium asks a person, low and info tell one.
 */
public final class IntegrationDetector implements Detector {
  @Override
  public String name() {
    return "integrations";
  }

  @Override
  public Outcome inspect(Subject subject) {
    List<ChangedFile> files =
        ChangedFile.of(subject).stream()
            .filter(file -> file.change().kind() != FileChange.Kind.DELETED)
            .toList();
    List<Lead> leads = new ArrayList<>();
    Findings findings = new Findings(Kind.NEW_INTEGRATION, subject);
    for (ChangedFile file : files) {
      Hosts.find(file, leads);
      ServiceClients.find(file, leads);
      EnvironmentReads.find(file, leads);
      Deployments.find(file, leads);
      Dependencies.find(file, leads, findings);
    }
    Set<String> known =
        leads.isEmpty() ? Set.of() : Known.of(subject, ChangedFile.of(subject), leads);
    report(leads, known, findings);
    return new Outcome.Inspected(findings.all());
  }

  /** A name is told once a rule, at its first place: the others are the same integration. */
  private static void report(List<Lead> leads, Set<String> known, Findings findings) {
    Set<String> told = new HashSet<>();
    for (Lead lead : leads) {
      if (lead.isKnown(known)) {
        if (lead.rule().equals(Dependencies.NEW) && told.add("known " + lead.name())) {
          findings.add(
              "integration.dependency-elsewhere",
              Severity.INFO,
              lead.file(),
              lead.row(),
              lead.name() + " is used elsewhere in the repository already");
        }
      } else if (told.add(lead.rule() + " " + lead.name())) {
        findings.add(lead.rule(), lead.severity(), lead.file(), lead.row(), lead.message());
      }
    }
  }
}

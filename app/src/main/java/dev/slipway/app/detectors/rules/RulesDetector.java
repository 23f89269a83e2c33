package dev.slipway.app.detectors.rules;

import dev.slipway.agents.review.Detector;
import dev.slipway.agents.review.FileRole;
import dev.slipway.agents.review.Subject;
import dev.slipway.change.FileChange;
import dev.slipway.change.Printable;
import dev.slipway.policy.Finding;
import dev.slipway.policy.Finding.Kind;
import dev.slipway.policy.Finding.Severity;
import dev.slipway.project.Globs;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A change to its own judges (rules {@code rules.*}, always high) or to a sensitive path (rules
 * {@code sensitive.*}). Goes by the path alone, old and new: deleting, renaming or replacing a rule
 * by a link is a change too. Of linters' settings only what they say of security is a judge.
 */
public final class RulesDetector implements Detector {
  @Override
  public String name() {
    return "rules";
  }

  @Override
  public Outcome inspect(Subject subject) {
    List<String> configured =
        subject.project().map(project -> project.sensitivePaths()).orElse(List.of());
    List<Finding> findings = new ArrayList<>();
    for (FileChange file : subject.diff().files()) {
      Set<String> paths = new LinkedHashSet<>(List.of(file.path(), file.oldPath()));
      for (String path : paths) {
        inspect(path, configured, findings);
      }
      if (Linters.isWeakened(file)) {
        findings.add(
            finding(
                "rules.checks",
                Severity.HIGH,
                file.path(),
                "a rule about security no longer holds, or is no longer an error"));
      }
    }
    return new Outcome.Inspected(findings);
  }

  private static void inspect(String path, List<String> configured, List<Finding> findings) {
    Judges.of(path)
        .ifPresent(
            judge ->
                findings.add(finding("rules." + judge.rule(), Severity.HIGH, path, judge.what())));
    if (Globs.anyMatches(configured, path)) {
      findings.add(
          finding(
              "sensitive.configured",
              Severity.MEDIUM,
              path,
              "a path that the project's configuration calls sensitive"));
    } else if (FileRole.of(path) == FileRole.PRODUCTION) {
      SensitivePaths.of(path)
          .ifPresent(
              topic -> findings.add(finding("sensitive." + topic, Severity.LOW, path, topic)));
    }
  }

  private static Finding finding(String rule, Severity severity, String path, String what) {
    return new Finding(
        rule,
        Kind.SENSITIVE_PATH,
        severity,
        path,
        0,
        "changes " + Printable.of(path) + ": " + what);
  }
}

package dev.slipway.app.detectors.text;

import dev.slipway.agents.review.Subject;
import dev.slipway.policy.Finding;
import dev.slipway.policy.Finding.Kind;
import dev.slipway.policy.Finding.Severity;
import java.util.ArrayList;
import java.util.List;

/** Collects the findings of one kind, leaving out those that the base branch allows. */
public final class Findings {
  private final Kind kind;
  private final Allowances allowances;
  private final List<Finding> all = new ArrayList<>();

  public Findings(Kind kind, Subject subject) {
    this.kind = kind;
    this.allowances = new Allowances(subject);
  }

  /** Adds a finding at a line of the file. */
  public void add(String rule, Severity severity, ChangedFile file, Row row, String message) {
    if (!allowances.allow(rule, file.path(), row.text(), file.allowanceAbove(row))) {
      all.add(new Finding(rule, kind, severity, file.path(), row.number(), message));
    }
  }

  /** Adds a finding at a position of a file's new side. */
  public void add(String rule, Severity severity, NewSide side, int position, String message) {
    if (!allowances.allow(rule, side, position)) {
      all.add(new Finding(rule, kind, severity, side.path(), side.lineAt(position), message));
    }
  }

  /** Adds a finding about a file as a whole. */
  public void add(String rule, Severity severity, String path, String message) {
    all.add(new Finding(rule, kind, severity, path, 0, message));
  }

  public List<Finding> all() {
    return List.copyOf(all);
  }
}

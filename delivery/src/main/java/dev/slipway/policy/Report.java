package dev.slipway.policy;

import dev.slipway.change.Stage;
import java.util.List;
import java.util.Map;

/**
 * What an agent found, as facts: it states, it does not judge. {@link Policy} turns it into a
 * {@link Judgement}.
 *
 * @param stage which gate it is for
 * @param agent name and version of the agent that wrote it
 * @param findings facts about the change
 * @param measurements numbers, or the statement that there are none
 * @param checks things that were tried
 * @param judged verdicts the statistical judge reached per metric, with its reasons
 * @param notes what a person reading the report should know, a sentence each
 * @param evidence digests of what stands behind it (reports, logs, transcripts), by name
 */
public record Report(
    Stage stage,
    String agent,
    List<Finding> findings,
    List<Measurement> measurements,
    List<Check> checks,
    List<Verdict> judged,
    List<String> notes,
    Map<String, String> evidence) {
  public Report {
    findings = List.copyOf(findings);
    measurements = List.copyOf(measurements);
    checks = List.copyOf(checks);
    judged = List.copyOf(judged);
    notes = List.copyOf(notes);
    evidence = Map.copyOf(evidence);
  }
}

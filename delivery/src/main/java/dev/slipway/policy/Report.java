package dev.slipway.policy;

import dev.slipway.change.CommitId;
import dev.slipway.change.Stage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
  /** The evidence that names what a watch of a canary saw, as {@code slipway judge} reads it. */
  public static final String RECORDING = "canary.recording";

  /** The evidence that names the commit of tests that are proposed for the change's branch. */
  private static final String TESTS = "tests.commit";

  private static final String GIT = "git:";

  /** The evidence that says when production is no longer frozen. */
  private static final String THAW = "freeze.until";

  public Report {
    findings = List.copyOf(findings);
    measurements = List.copyOf(measurements);
    checks = List.copyOf(checks);
    judged = List.copyOf(judged);
    notes = List.copyOf(notes);
    evidence = Map.copyOf(evidence);
  }

  /** This report with another measurement. */
  public Report with(Measurement measurement) {
    List<Measurement> more = new ArrayList<>(measurements);
    more.add(measurement);
    return new Report(stage, agent, findings, more, checks, judged, notes, evidence);
  }

  /** This report with other outcomes of what was tried. */
  public Report withChecks(List<Check> others) {
    return new Report(stage, agent, findings, measurements, others, judged, notes, evidence);
  }

  /** This report with the commit by which the change's branch would get the tests it lacks. */
  public Report proposing(CommitId tests) {
    Map<String, String> more = new HashMap<>(evidence);
    more.put(TESTS, GIT + tests.hex());
    return new Report(stage, agent, findings, measurements, checks, judged, notes, more);
  }

  /** This report with another verdict of a judge. */
  public Report judging(Verdict verdict) {
    List<Verdict> more = new ArrayList<>(judged);
    more.add(verdict);
    return new Report(stage, agent, findings, measurements, checks, more, notes, evidence);
  }

  /** This report with more that a person reading it should know. */
  public Report noting(List<String> sentences) {
    List<String> more = new ArrayList<>(notes);
    more.addAll(sentences);
    return new Report(stage, agent, findings, measurements, checks, judged, more, evidence);
  }

  /** This report with the time at which production is no longer frozen. */
  public Report frozenUntil(Instant thaw) {
    Map<String, String> more = new HashMap<>(evidence);
    more.put(THAW, thaw.toString());
    return new Report(stage, agent, findings, measurements, checks, judged, notes, more);
  }

  /** The risk score that a review gave, 1 to 10; empty where there is none. */
  public Optional<Double> risk() {
    return Gates.measured(this, ReviewGate.RISK) instanceof Measurement.Value it
        ? Optional.of(it.value())
        : Optional.empty();
  }

  /** When production is no longer frozen; empty if it is not frozen. */
  public Optional<Instant> thaw() {
    return Optional.ofNullable(evidence.get(THAW)).map(Instant::parse);
  }

  /** The commit by which the change's branch would get the tests that it lacks; empty if none. */
  public Optional<CommitId> tests() {
    return Optional.ofNullable(evidence.get(TESTS))
        .filter(it -> it.startsWith(GIT))
        .map(it -> new CommitId(it.substring(GIT.length())));
  }
}

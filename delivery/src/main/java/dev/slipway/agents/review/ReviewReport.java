package dev.slipway.agents.review;

import dev.slipway.agents.review.ReadingList.Stakes;
import dev.slipway.agents.review.ReadingList.Unread;
import dev.slipway.change.Digest;
import dev.slipway.change.Printable;
import dev.slipway.change.Stage;
import dev.slipway.policy.Check;
import dev.slipway.policy.Finding;
import dev.slipway.policy.Measurement;
import dev.slipway.policy.Measurement.Unit;
import dev.slipway.policy.Report;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** The report of a review: the floor as it is, and above it what the model added. */
record ReviewReport(FloorReview floor, Subject subject, Opinion opinion) {
  /**
   * A report has to fit into an entry of the audit log: more files are named in a blob beside it.
   */
  private static final int UNREAD_LISTED_MAX = 100;

  /**
   * @param agent name and version of the agent
   * @param keep keeps text beside the log and gives its digest
   */
  Report report(String agent, Function<String, Digest> keep) {
    List<Check> checks = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    Map<String, String> evidence = new TreeMap<>();
    List<Finding> findings = new ArrayList<>(floor.findings());
    List<Measurement> measurements = new ArrayList<>();
    switch (opinion) {
      case Opinion.Absent ignored -> {
        checks.add(new Check("model", Check.Outcome.NOT_RUN, "floor only, no model is configured"));
        measurements.addAll(risk(1));
      }
      case Opinion.NotRun(String why, var account) -> {
        // Not the check that a policy may do without: a model is configured, and has not answered.
        checks.add(new Check("model review", Check.Outcome.NOT_RUN, why));
        measurements.addAll(risk(1));
        measurements.addAll(account.measurements());
        notes.addAll(account.notes());
        evidence.putAll(account.evidence());
      }
      case Opinion.Given given -> {
        checks.add(new Check("model", Check.Outcome.PASSED, summary(given)));
        findings.addAll(given.findings());
        measurements.addAll(risk(given.risk()));
        measurements.add(score("review.risk_model", given.risk()));
        measurements.addAll(given.account().measurements());
        notes.add("the model: " + given.rationale());
        notes.addAll(given.account().notes());
        evidence.putAll(given.account().evidence());
        unread(given.unread(), checks, notes);
        if (!given.unread().isEmpty()) {
          evidence.put("review.unread", keep.apply(paths(given.unread())).toString());
        }
      }
    }
    checks.addAll(floorChecks());
    notes.addAll(terms());
    return new Report(
        Stage.REVIEW, agent, findings, measurements, checks, List.of(), notes, evidence);
  }

  /** The risk is the floor's, or the model's where that is higher. */
  private List<Measurement> risk(int model) {
    return List.of(
        score("review.risk", Math.max(floor.risk(), model)),
        score("review.risk_score", Math.max(floor.riskScore(), model)),
        score("review.risk_floor", floor.riskScore()));
  }

  private static Measurement score(String name, double value) {
    return new Measurement.Value(name, value, Unit.SCORE);
  }

  private static String summary(Opinion.Given given) {
    return String.format(
        Locale.ROOT,
        "risk %d; %d findings; %d claims dropped because their quote is not at the place named;"
            + " %d refuted%s; %d files not read",
        given.risk(),
        given.findings().size(),
        given.misplaced(),
        given.refuted(),
        given.examined().isEmpty() ? "" : " (" + given.examined() + ")",
        given.unread().size());
  }

  private static void unread(List<Unread> unread, List<Check> checks, List<String> notes) {
    List<Unread> risky = unread.stream().filter(it -> it.stakes() == Stakes.RISKY).toList();
    risky.stream()
        .limit(UNREAD_LISTED_MAX)
        .map(
            it ->
                new Check(
                    "read " + Printable.of(it.path()),
                    Check.Outcome.NOT_RUN,
                    Printable.of(it.path()) + " did not fit into what the model reads"))
        .forEach(checks::add);
    if (risky.size() > UNREAD_LISTED_MAX) {
      checks.add(
          new Check(
              "read the other files",
              Check.Outcome.NOT_RUN,
              (risky.size() - UNREAD_LISTED_MAX)
                  + " more files did not fit into what the model reads: evidence review.unread"));
    }
    unread.stream()
        .filter(it -> it.stakes() == Stakes.MINOR)
        .limit(UNREAD_LISTED_MAX)
        .map(it -> "not read by the model: " + Printable.of(it.path()))
        .forEach(notes::add);
    int minor = unread.size() - risky.size();
    if (minor > UNREAD_LISTED_MAX) {
      notes.add(
          "not read by the model: "
              + (minor - UNREAD_LISTED_MAX)
              + " more tests, documents and generated files: evidence review.unread");
    }
  }

  private static String paths(List<Unread> unread) {
    return String.join("\n", unread.stream().map(it -> Printable.of(it.path())).toList());
  }

  private List<Check> floorChecks() {
    List<Check> checks = new ArrayList<>();
    boolean bare = subject.base().isEmpty();
    floor.skipped().stream()
        .filter(it -> !(bare && it.cause() == FloorReview.Cause.INPUT))
        .forEach(it -> checks.add(new Check(it.detector(), Check.Outcome.NOT_RUN, it.why())));
    floor
        .unread()
        .forEach(
            path ->
                checks.add(
                    new Check(
                        "read " + path,
                        Check.Outcome.NOT_RUN,
                        path + " is binary: nothing could read it")));
    return checks;
  }

  private List<String> terms() {
    return floor.riskTerms().stream()
        .map(
            term ->
                String.format(
                    Locale.ROOT, "%s: %.2f × %.2f", term.name(), term.value(), term.weight()))
        .toList();
  }
}

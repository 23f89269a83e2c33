package dev.slipway.audit;

import dev.slipway.audit.AuditRecord.AgentReport;
import dev.slipway.audit.AuditRecord.Approved;
import dev.slipway.audit.AuditRecord.Decision;
import dev.slipway.audit.AuditRecord.Done;
import dev.slipway.audit.AuditRecord.Effect;
import dev.slipway.audit.AuditRecord.Opened;
import dev.slipway.audit.AuditRecord.Planned;
import dev.slipway.audit.AuditRecord.Rested;
import dev.slipway.audit.AuditRecord.RolledBack;
import dev.slipway.change.Artifact;
import dev.slipway.change.Candidate;
import dev.slipway.change.ChangeId;
import dev.slipway.change.CommitId;
import dev.slipway.change.Digest;
import dev.slipway.change.Environment;
import dev.slipway.change.Person;
import dev.slipway.change.PullRequest;
import dev.slipway.change.ServiceName;
import dev.slipway.change.Slot;
import dev.slipway.change.Stage;
import dev.slipway.policy.Approval;
import dev.slipway.policy.Check;
import dev.slipway.policy.Disposition;
import dev.slipway.policy.Judgement;
import dev.slipway.policy.Measurement;
import dev.slipway.policy.Measurement.Unit;
import dev.slipway.policy.Policy;
import dev.slipway.policy.Reason;
import dev.slipway.policy.Report;
import dev.slipway.policy.Thresholds;
import dev.slipway.policy.Verdict;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The records of one made-up change, as the pipeline writes them. */
public final class Stories {
  public static final Person AUTHOR = Person.human("ada@example.com");
  public static final Person REVIEWER = Person.human("grace@example.com");
  public static final Slot PRODUCTION = new Slot(Environment.PRODUCTION, new ServiceName("orders"));
  private static final Slot STAGING = new Slot(Environment.STAGING, new ServiceName("orders"));
  private static final String CONFIGURATION = digest("configuration").toString();
  private static final Thresholds LIMITS = Thresholds.DEFAULT;

  private final List<AuditRecord> records = new ArrayList<>();
  private final Map<Stage, Judgement> judgements = new EnumMap<>(Stage.class);
  private final List<Approval> approvals = new ArrayList<>();
  private final Map<String, String> options = new TreeMap<>();
  private final ChangeId id;
  private final Candidate candidate;
  private final Artifact artifact;
  private Instant now;
  private int step;

  private Stories(String id, Instant at) {
    this.id = new ChangeId(id);
    this.now = at;
    this.candidate =
        new Candidate(commit(id + " candidate"), commit(id + " head"), commit(id + " base"));
    this.artifact = new Artifact.File(digest(id), "orders.jar");
  }

  /** A change that passes every gate. */
  public static List<AuditRecord> shipped(String id, Instant at) {
    Stories story = new Stories(id, at);
    story.open(AUTHOR);
    story.report(Stage.REVIEW, review());
    story.report(Stage.TEST, tests(1.0));
    return story.toProduction().canary(new Verdict.Pass()).all().ship();
  }

  /** A change whose tests do not cover enough, let pass by a person. */
  public static List<AuditRecord> approved(String id, Instant at, Person by) {
    Stories story = new Stories(id, at);
    story.open(AUTHOR);
    story.report(Stage.REVIEW, review());
    Judgement judgement = story.report(Stage.TEST, tests(0.5));
    story.approve(by, judgement.verdict().reasons());
    return story.toProduction().canary(new Verdict.Pass()).all().ship();
  }

  /** A change whose canary fails. */
  public static List<AuditRecord> rolledBack(String id, Instant at) {
    Stories story = new Stories(id, at);
    story.open(AUTHOR);
    story.report(Stage.REVIEW, review());
    story.report(Stage.TEST, tests(1.0));
    List<Reason> reasons =
        List.of(new Reason("canary.error_rate", "error_rate", "3 of 100 requests failed"));
    story.toProduction().canary(new Verdict.Fail(reasons));
    story.records.add(
        new RolledBack(story.id, story.next(), List.of(PRODUCTION), reasons, story.now));
    story.records.add(new Rested(story.id, story.next(), "ROLLED_BACK", reasons, story.now));
    return story.records;
  }

  /** A change that ships and is taken back. */
  public static List<AuditRecord> withdrawn(String id, Instant at, Person by) {
    Stories story = new Stories(id, at);
    story.open(AUTHOR);
    story.report(Stage.REVIEW, review());
    story.report(Stage.TEST, tests(1.0));
    story.toProduction().canary(new Verdict.Pass()).all().ship();
    story.approve(by, List.of(new Reason(AuditRecord.WITHDRAWN, id, "it loses orders")));
    story.move(Effect.WITHDRAW, "put back what ran before", List.of(PRODUCTION));
    story.records.add(new Rested(story.id, story.next(), "ROLLED_BACK", List.of(), story.now));
    return story.records;
  }

  /** A change whose canary's watch is ended by a person. */
  public static List<AuditRecord> promotedEarly(String id, Instant at, Person by) {
    Stories story = new Stories(id, at);
    story.open(AUTHOR);
    story.report(Stage.REVIEW, review());
    story.report(Stage.TEST, tests(1.0));
    story.toProduction();
    story.move(Effect.SHIFT, "serve 5 % of production/orders", List.of(PRODUCTION));
    story.approve(
        by, List.of(new Reason(AuditRecord.PROMOTED_EARLY, PRODUCTION.toString(), "it is well")));
    return story.all().ship();
  }

  /** A change that is opened as an emergency without these gates, and leaves out the others. */
  public static List<AuditRecord> emergency(
      String id, Instant at, List<Stage> declared, List<Stage> left) {
    Stories story = new Stories(id, at);
    story.options.put("emergency", "checkout is down");
    story.options.put(
        AuditRecord.EMERGENCY_SKIPS,
        declared.stream().map(Stage::label).collect(Collectors.joining(",")));
    story.open(AUTHOR);
    for (Stage stage : left) {
      Reason reason = new Reason(AuditRecord.EMERGENCY_SKIPPED, stage.label(), "it burns");
      story.judgements.put(
          stage,
          new Judgement(stage, new Verdict.NotRun(List.of(reason)), new Disposition.Proceed()));
    }
    if (!left.contains(Stage.REVIEW)) {
      story.report(Stage.REVIEW, review());
    }
    if (!left.contains(Stage.TEST)) {
      story.report(Stage.TEST, tests(1.0));
    }
    story.decide(Effect.BUILD, "build", List.of());
    story.report(Stage.DEPLOYMENT, assessment());
    return story.canary(new Verdict.Pass()).all().ship();
  }

  private void open(Person author) {
    PullRequest pull =
        new PullRequest(
            id,
            "/repo/orders",
            "feature",
            candidate.head(),
            "main",
            "Sort the orders",
            "Why: because",
            author,
            PullRequest.Origin.SAME_REPOSITORY);
    options.put("sandbox", "bubblewrap 0.8.0");
    records.add(new Opened(id, pull, options, "1", now));
    records.add(
        new Planned(
            id,
            candidate,
            List.of(Stage.values()),
            List.of(PRODUCTION),
            LIMITS,
            List.of(),
            CONFIGURATION));
  }

  private Stories toProduction() {
    decide(Effect.BUILD, "build", List.of());
    move(Effect.STAGE, "deploy to staging", List.of(STAGING));
    report(Stage.STAGING, staging());
    report(Stage.VALIDATION, validation());
    report(Stage.DEPLOYMENT, assessment());
    return this;
  }

  private Stories canary(Verdict verdict) {
    move(Effect.SHIFT, "serve 5 % of production/orders", List.of(PRODUCTION));
    report(Stage.DEPLOYMENT, watch(verdict));
    return this;
  }

  private Stories all() {
    move(Effect.SHIFT, "serve 100 % of production/orders", List.of(PRODUCTION));
    report(Stage.DEPLOYMENT, watch(new Verdict.Pass()));
    return this;
  }

  private List<AuditRecord> ship() {
    move(Effect.MERGE, "move the base branch", List.of());
    move(Effect.PROMOTE, "promote", List.of(PRODUCTION));
    records.add(new Rested(id, next(), "SHIPPED", List.of(), now));
    return records;
  }

  private void approve(Person by, List<Reason> reasons) {
    Approval approval = new Approval(candidate.head(), reasons, by, "looked at it", now);
    approvals.add(approval);
    records.add(new Approved(id, approval));
  }

  private Judgement report(Stage stage, Report report) {
    decide(Effect.INSPECT, "inspect for " + stage.label(), List.of());
    records.add(
        new AgentReport(id, candidate, report, digest(id + " " + stage + " " + step).hex()));
    Judgement judgement = new Policy(LIMITS).judge(report, candidate.head(), approvals);
    judgements.put(stage, judgement);
    return judgement;
  }

  private void move(Effect effect, String what, List<Slot> slots) {
    decide(effect, what, slots);
    Map<ServiceName, Artifact> artifacts = Map.of(PRODUCTION.service(), artifact);
    records.add(new Done(id, Integer.toString(step), what, artifacts, now));
  }

  private void decide(Effect effect, String what, List<Slot> slots) {
    boolean built = effect == Effect.STAGE || effect.movesProduction();
    records.add(
        new Decision(
            id,
            next(),
            effect,
            what,
            candidate,
            slots,
            built ? Map.of(PRODUCTION.service(), artifact) : Map.of(),
            List.copyOf(judgements.values()),
            approvals,
            CONFIGURATION,
            digest(LIMITS.toString()).toString(),
            "1",
            now));
  }

  private String next() {
    now = now.plus(Duration.ofSeconds(10));
    step++;
    return Integer.toString(step);
  }

  private static Report review() {
    return report(
        Stage.REVIEW,
        List.of(new Measurement.Value("review.risk", 3, Unit.SCORE)),
        List.of(new Check("model", Check.Outcome.NOT_RUN, "floor only, no model is configured")),
        List.of());
  }

  private static Report tests(double coverage) {
    return report(
        Stage.TEST,
        List.of(
            new Measurement.Value("tests.executed", 14, Unit.COUNT),
            new Measurement.Value("coverage.changed_lines", coverage, Unit.RATIO)),
        List.of(new Check("orders tests", Check.Outcome.PASSED, "14 tests passed, 0 skipped")),
        List.of());
  }

  private static Report staging() {
    return report(
        Stage.STAGING,
        List.of(new Measurement.Value("staging.error_rate orders", 0, Unit.RATIO)),
        List.of(new Check("orders healthy", Check.Outcome.PASSED, "answers")),
        List.of());
  }

  private static Report validation() {
    return report(
        Stage.VALIDATION,
        List.of(
            new Measurement.NotApplicable("validation.integration orders", "no command"),
            new Measurement.NotApplicable("validation.latency_ratio orders", "the first")),
        List.of(),
        List.of());
  }

  private static Report assessment() {
    return report(
        Stage.DEPLOYMENT,
        List.of(),
        List.of(new Check("rolled_back_before production/orders", Check.Outcome.PASSED, "never")),
        List.of());
  }

  private static Report watch(Verdict verdict) {
    return report(Stage.DEPLOYMENT, List.of(), List.of(), List.of(verdict));
  }

  private static Report report(
      Stage stage, List<Measurement> measurements, List<Check> checks, List<Verdict> judged) {
    return new Report(
        stage, stage.label() + "/1", List.of(), measurements, checks, judged, List.of(), Map.of());
  }

  private static CommitId commit(String text) {
    return new CommitId(digest(text).hex().substring(0, 40));
  }

  private static Digest digest(String text) {
    return Digest.of(text.getBytes(StandardCharsets.UTF_8));
  }
}

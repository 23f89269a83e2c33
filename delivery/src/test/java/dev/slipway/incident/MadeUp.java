package dev.slipway.incident;

import dev.slipway.audit.AuditRecord;
import dev.slipway.audit.AuditRecord.AgentReport;
import dev.slipway.audit.AuditRecord.OfChange;
import dev.slipway.change.Candidate;
import dev.slipway.change.ChangeId;
import dev.slipway.change.CommitId;
import dev.slipway.change.Diff;
import dev.slipway.change.Environment;
import dev.slipway.change.FileChange;
import dev.slipway.change.FileChange.Hunk;
import dev.slipway.change.FileChange.Line;
import dev.slipway.change.Person;
import dev.slipway.change.PullRequest;
import dev.slipway.change.ServiceName;
import dev.slipway.change.Slot;
import dev.slipway.change.Stage;
import dev.slipway.policy.Finding;
import dev.slipway.policy.Measurement;
import dev.slipway.policy.Measurement.Unit;
import dev.slipway.policy.Reason;
import dev.slipway.policy.Report;
import dev.slipway.policy.Share;
import dev.slipway.policy.Thresholds;
import dev.slipway.policy.Verdict;
import dev.slipway.policy.judge.Arm;
import dev.slipway.policy.judge.Recording;
import dev.slipway.policy.judge.Row;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Rollbacks made up for tests: a canary that was too slow, of whatever change a test says. */
public final class MadeUp {
  public static final Instant START = Instant.parse("2026-11-02T10:00:00Z");
  public static final ChangeId CHANGE = new ChangeId("orders-slow-1a2b3c4d");
  public static final Candidate CANDIDATE =
      new Candidate(
          new CommitId("c".repeat(40)), new CommitId("a".repeat(40)), new CommitId("b".repeat(40)));
  static final Slot SLOT = new Slot(Environment.PRODUCTION, new ServiceName("orders"));

  private MadeUp() {}

  /** The reason of a latency that is too high. */
  public static List<Reason> slow() {
    return List.of(
        new Reason(
            "canary.latency_p99",
            "latency_p99",
            "24 of 96 canary requests took longer than 800 ms."));
  }

  /** A rollback for these reasons, of this change, in which the review found that. */
  public static Rollback rollback(Diff diff, List<Reason> reasons, Finding... findings) {
    return rollback("Slow it down", diff, reasons, findings);
  }

  /** The same under another title. */
  public static Rollback rollback(
      String title, Diff diff, List<Reason> reasons, Finding... findings) {
    return new Rollback(
        new Incident.Subject(
            CHANGE,
            title,
            "ada@example.com",
            "/repo/orders",
            "main",
            CANDIDATE.base(),
            CANDIDATE.head(),
            CANDIDATE.commit(),
            new TreeMap<>(Map.of("orders", "sha256:" + "0".repeat(64)))),
        31,
        "ROLLED_BACK",
        List.of(SLOT),
        Optional.of(Share.percent(5)),
        Duration.ofSeconds(20),
        Thresholds.DEFAULT,
        reasons,
        records(reasons, findings),
        List.of(new Incident.Moment(START.minusSeconds(60), "review: pass")),
        diff,
        START.plusSeconds(12),
        List.of("All traffic of production/orders was given back to the stable version."));
  }

  private static List<OfChange> records(List<Reason> reasons, Finding... findings) {
    PullRequest pull =
        new PullRequest(
            CHANGE,
            "/repo/orders",
            "slow",
            CANDIDATE.head(),
            "main",
            "",
            "",
            Person.human("ada@example.com"),
            PullRequest.Origin.SAME_REPOSITORY);
    return List.of(
        new AuditRecord.Opened(CHANGE, pull, Map.of(), "1", START.minusSeconds(90)),
        new AgentReport(CHANGE, CANDIDATE, report(Stage.REVIEW, List.of(findings)), "r"),
        new AgentReport(CHANGE, CANDIDATE, watched(reasons), "d"),
        new AuditRecord.RolledBack(CHANGE, "30", List.of(SLOT), reasons, START.plusSeconds(11)));
  }

  private static Report watched(List<Reason> reasons) {
    Report report = report(Stage.DEPLOYMENT, List.of()).judging(new Verdict.Fail(reasons));
    for (Map.Entry<String, Double> it :
        Map.of("canary.", 1480.0, "baseline.", 9.2, "limit.", 800.0).entrySet()) {
      report =
          report.with(
              new Measurement.Value(it.getKey() + "latency_p99", it.getValue(), Unit.MILLISECONDS));
    }
    return report;
  }

  private static Report report(Stage stage, List<Finding> findings) {
    return new Report(
        stage, "made-up/1", findings, List.of(), List.of(), List.of(), List.of(), Map.of());
  }

  /** An incident of a change that adds a line that waits. */
  public static Incident incident() {
    return rollback(adding("src/main/java/Shop.java", "Thread.sleep(900);"), slow())
        .incident(Optional.of(recording()), new Cause.RankedEvidence("no model is configured"));
  }

  /** Eleven seconds of a canary that gets slower, beside a baseline that does not. */
  public static Recording recording() {
    List<Row> rows = new ArrayList<>();
    for (int i = 1; i <= 11; i++) {
      rows.add(row(i, Arm.CANARY, 9 + i % 3, i > 4 ? 1 : 0, i < 4 ? 10 + i : 900 + 60 * i));
      rows.add(row(i, Arm.BASELINE, 180 + i, i % 2, 9 + i % 2));
    }
    return new Recording(List.of(0.5, 0.9, 0.99), rows);
  }

  private static Row row(int second, Arm arm, int requests, int errors, double p99) {
    return new Row(
        START.plusSeconds(second),
        arm,
        "",
        requests,
        errors,
        Double.NaN,
        List.of(p99 / 4, p99 / 2, p99));
  }

  /** A change that adds a file of these lines. */
  public static Diff adding(String path, String... lines) {
    return Diff.complete(List.of(added(path, lines)));
  }

  static FileChange added(String path, String... lines) {
    return file(
        path, FileChange.Kind.ADDED, List.of(lines).stream().<Line>map(Line.Added::new).toList());
  }

  static FileChange file(String path, FileChange.Kind kind, List<Line> lines) {
    return new FileChange(
        kind,
        path,
        path,
        0100644,
        0100644,
        FileChange.Content.TEXT,
        List.of(new Hunk(1, 1, lines)));
  }
}

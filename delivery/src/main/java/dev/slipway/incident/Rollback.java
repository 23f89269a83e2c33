package dev.slipway.incident;

import dev.slipway.audit.AuditRecord;
import dev.slipway.audit.AuditRecord.AgentReport;
import dev.slipway.audit.AuditRecord.Decision;
import dev.slipway.audit.AuditRecord.Effect;
import dev.slipway.audit.AuditRecord.OfChange;
import dev.slipway.audit.AuditRecord.RolledBack;
import dev.slipway.change.Diff;
import dev.slipway.change.Digest;
import dev.slipway.change.Slot;
import dev.slipway.change.Stage;
import dev.slipway.incident.Incident.Moment;
import dev.slipway.policy.Finding;
import dev.slipway.policy.Reason;
import dev.slipway.policy.Report;
import dev.slipway.policy.Share;
import dev.slipway.policy.Thresholds;
import dev.slipway.policy.judge.Recording;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A rollback, as far as it is known: what a report is made of. Pure.
 *
 * @param turn the change's turn in which it came to rest
 * @param state where the change stands since
 * @param slots where it was seen
 * @param share of the traffic that the change had there; empty if it had all of it, or none
 * @param limits what it was held to
 * @param reasons why production was taken back
 * @param records what the audit log has of the change, in order
 * @param stages what became of each stage, and when
 * @param whole what the change is
 * @param restoredAt when the target had confirmed
 * @param done what was done about it, a sentence each
 */
public record Rollback(
    Incident.Subject subject,
    int turn,
    String state,
    List<Slot> slots,
    Optional<Share> share,
    Thresholds limits,
    List<Reason> reasons,
    List<OfChange> records,
    List<Moment> stages,
    Diff whole,
    Instant restoredAt,
    List<String> done) {
  public Rollback {
    slots = List.copyOf(slots);
    reasons = List.copyOf(reasons);
    records = List.copyOf(records);
    stages = List.copyOf(stages);
    done = List.copyOf(done);
  }

  /** What the review found in it; without that nobody knows which lines hold a credential. */
  public List<Finding> findings() {
    return review().map(Report::findings).orElse(List.of());
  }

  /** What may be shown of the change: without a review at hand, nothing. */
  public Diff diff() {
    return review().isPresent()
        ? whole
        : new Diff(
            List.of(),
            new Diff.Completeness.Truncated(
                "the review's report is not at hand, and without it no line may be shown"));
  }

  /** Digest of what the last watch saw; empty if there was none. */
  public Optional<Digest> recording() {
    return watch()
        .map(it -> it.evidence().getOrDefault(Report.RECORDING, ""))
        .filter(it -> it.startsWith("sha256:"))
        .map(it -> new Digest(it.substring("sha256:".length())));
  }

  private Optional<Report> review() {
    return reports(Stage.REVIEW).reduce((earlier, later) -> later);
  }

  private Optional<Report> watch() {
    return reports(Stage.DEPLOYMENT)
        .filter(report -> !report.judged().isEmpty())
        .reduce((earlier, later) -> later);
  }

  private Stream<Report> reports(Stage stage) {
    return records.stream()
        .filter(AgentReport.class::isInstance)
        .map(AgentReport.class::cast)
        .filter(it -> it.candidate().commit().equals(subject.candidate()))
        .map(AgentReport::report)
        .filter(it -> it.stage() == stage);
  }

  /** When it was decided to go back. */
  private Instant decidedAt() {
    Instant decided = restoredAt;
    for (OfChange record : records) {
      if (record instanceof RolledBack back) {
        decided = back.at();
      } else if (record instanceof Decision decision && decision.effect() == Effect.WITHDRAW) {
        decided = decision.at();
      }
    }
    return decided;
  }

  /**
   * The report.
   *
   * @param recording what {@link #recording} names; empty if it is not kept
   * @param cause what is known of the cause yet
   */
  public Incident incident(Optional<Recording> recording, Cause cause) {
    Optional<Report> watch = watch();
    return new Incident(
        subject,
        turn,
        state,
        slots,
        share.map(Share::toString),
        decidedAt(),
        restoredAt,
        Tripped.of(reasons, isMeasured() ? watch : Optional.empty()),
        Timeline.of(this, recording, watch),
        DiffSummary.of(diff()),
        Suspects.rank(diff(), findings(), reasons),
        cause,
        done,
        recording.flatMap(it -> recording().map(digest -> Reproduction.of(digest, it, limits))),
        Map.of());
  }

  /** A person's word has no numbers, though there was a watch before. */
  private boolean isMeasured() {
    return reasons.stream().noneMatch(it -> it.rule().equals(AuditRecord.WITHDRAWN));
  }
}

package dev.slipway.incident;

import dev.slipway.audit.AuditRecord.AgentReport;
import dev.slipway.audit.AuditRecord.Approved;
import dev.slipway.audit.AuditRecord.Decision;
import dev.slipway.audit.AuditRecord.Done;
import dev.slipway.audit.AuditRecord.IncidentReported;
import dev.slipway.audit.AuditRecord.OfChange;
import dev.slipway.audit.AuditRecord.Opened;
import dev.slipway.audit.AuditRecord.Planned;
import dev.slipway.audit.AuditRecord.Rested;
import dev.slipway.audit.AuditRecord.RolledBack;
import dev.slipway.change.Printable;
import dev.slipway.incident.Incident.Moment;
import dev.slipway.policy.Approval;
import dev.slipway.policy.Reason;
import dev.slipway.policy.Report;
import dev.slipway.policy.judge.Recording;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What happened to a change until production was back, from its records. */
final class Timeline {
  /** The latest are kept. */
  private static final int MOMENTS_MAX = 200;

  private Timeline() {}

  static List<Moment> of(Rollback rollback, Optional<Recording> recording, Optional<Report> watch) {
    List<Moment> moments = new ArrayList<>(rollback.stages());
    rollback.records().forEach(record -> moment(rollback, record).ifPresent(moments::add));
    recording.ifPresent(
        seen ->
            watch.ifPresent(
                report ->
                    moments.add(
                        new Moment(
                            seen.rows().getLast().time(),
                            "the judge: " + report.judged().getLast().label()))));
    moments.add(new Moment(rollback.restoredAt(), "the target confirmed: production is back"));
    moments.sort(Comparator.comparing(Moment::at));
    return moments.subList(Math.max(0, moments.size() - MOMENTS_MAX), moments.size());
  }

  private static Optional<Moment> moment(Rollback rollback, OfChange record) {
    return switch (record) {
      case Opened opened ->
          Optional.of(
              new Moment(
                  opened.at(),
                  "sent by %s at %s"
                      .formatted(
                          Printable.of(opened.pull().author().login()),
                          opened.pull().head().brief())));
      case Approved approved -> Optional.of(word(approved.approval()));
      case Decision decision
          when decision.effect().movesProduction()
              && decision.candidate().commit().equals(rollback.subject().candidate()) ->
          Optional.of(new Moment(decision.at(), Printable.of(decision.permits())));
      case RolledBack back ->
          Optional.of(
              new Moment(
                  back.at(),
                  "going back: "
                      + back.reasons().stream()
                          .map(Reason::rule)
                          .collect(Collectors.joining(", "))));
      case Decision ignored -> Optional.empty();
      case AgentReport ignored -> Optional.empty();
      case Planned ignored -> Optional.empty();
      case Done ignored -> Optional.empty();
      case Rested ignored -> Optional.empty();
      case IncidentReported ignored -> Optional.empty();
    };
  }

  private static Moment word(Approval approval) {
    return new Moment(
        approval.at(),
        Printable.of(
            "%s said yes to %s: %s"
                .formatted(
                    approval.by().login(),
                    approval.reasons().stream().map(Reason::rule).collect(Collectors.joining(", ")),
                    approval.comment())));
  }
}

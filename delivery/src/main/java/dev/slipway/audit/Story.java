package dev.slipway.audit;

import dev.slipway.audit.AuditRecord.AgentReport;
import dev.slipway.audit.AuditRecord.Approved;
import dev.slipway.audit.AuditRecord.Decision;
import dev.slipway.audit.AuditRecord.Done;
import dev.slipway.audit.AuditRecord.Effect;
import dev.slipway.audit.AuditRecord.IncidentReported;
import dev.slipway.audit.AuditRecord.OfChange;
import dev.slipway.audit.AuditRecord.Opened;
import dev.slipway.audit.AuditRecord.Planned;
import dev.slipway.audit.AuditRecord.Rested;
import dev.slipway.audit.AuditRecord.RolledBack;
import dev.slipway.change.Artifact;
import dev.slipway.change.CommitId;
import dev.slipway.change.Environment;
import dev.slipway.change.ServiceName;
import dev.slipway.change.Slot;
import dev.slipway.change.Stage;
import dev.slipway.policy.Approval;
import dev.slipway.policy.Policy;
import dev.slipway.policy.Reason;
import dev.slipway.policy.Report;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What is known of one change while its records are read. */
final class Story {
  /** Rollbacks that no report calls for: the pipeline's own and people's. */
  private static final Set<String> TRIGGERS =
      Set.of(
          "base.moved",
          "change.closed",
          "change.superseded",
          "deploy.unhealthy",
          "deployment.gave_way",
          "merge.refused",
          "person.rejected",
          "pipeline.not_run",
          "secret.missing");

  private static final Set<String> ENDS =
      Set.of("SHIPPED", "REJECTED", "ROLLED_BACK", "SUPERSEDED", "CLOSED");

  /** What a change that runs in production has to pass, whatever is configured. */
  private static final Set<Stage> TO_PRODUCTION =
      EnumSet.of(Stage.STAGING, Stage.VALIDATION, Stage.DEPLOYMENT);

  private static final String WAITING = "WAITING_FOR_PERSON";

  /** Steps are done soon after they are decided: older decisions are not looked for. */
  private static final int DECISIONS_MAX = 256;

  /** How many of a change's records are known by name, the latest. */
  private static final int KEYS_MAX = 10_000;

  private final Opened opened;
  private final Meaning.Objections objections;
  private final Map<Stage, Report> reports = new EnumMap<>(Stage.class);
  private final List<Approval> approvals = new ArrayList<>();
  private final Map<String, Decision> decisions = new LinkedHashMap<>();
  private final Set<String> keys = new LinkedHashSet<>();

  /** The heads the change has had: the one it was opened with, then those by tests of our own. */
  private final List<CommitId> heads = new ArrayList<>();

  private final Canary canary = new Canary();
  private final Set<Slot> promoted = new HashSet<>();
  private Optional<Planned> plan = Optional.empty();
  private Map<ServiceName, Artifact> staged = Map.of();
  private boolean merged;
  private boolean ended;

  Story(Opened opened, Meaning.Objections objections) {
    this.opened = opened;
    this.objections = objections;
    this.heads.add(opened.pull().head());
  }

  boolean ended() {
    return ended;
  }

  /** Whether the record moves nothing, so that it may still arrive after the change has ended. */
  static boolean mayComeLate(OfChange record) {
    return switch (record) {
      case AgentReport ignored -> true;
      case IncidentReported ignored -> true;
      case Approved ignored -> true;
      case Planned ignored -> true;
      case Rested rested -> !ENDS.contains(rested.state());
      case Opened ignored -> false;
      case Decision ignored -> false;
      case Done ignored -> false;
      case RolledBack ignored -> false;
    };
  }

  void take(long index, OfChange record) {
    if (!keys.add(record.key())) {
      objections.object(index, record.key() + " is recorded a second time");
    } else if (keys.size() > KEYS_MAX) {
      keys.remove(keys.iterator().next());
    }
    switch (record) {
      case Opened again ->
          objections.object(index, again.change() + " was opened before, at another commit");
      case Planned planned -> plan(index, planned);
      case AgentReport report -> reported(report);
      case Approved approved -> {
        approvals.add(approved.approval());
        canary.approved(approved.approval());
      }
      // It moves nothing; the rollback that it tells of is a record of its own.
      case IncidentReported ignored -> {}
      case Decision decision -> decided(index, decision);
      case Done step -> done(index, step);
      case RolledBack back -> rolledBack(index, back);
      case Rested rested -> rested(index, rested);
    }
  }

  /** Another candidate has to earn everything anew. */
  private void plan(long index, Planned planned) {
    if (!planned.stages().contains(Stage.REVIEW)
        || (!planned.production().isEmpty() && !planned.stages().containsAll(TO_PRODUCTION))) {
      objections.object(
          index, planned.change() + " is planned without gates that no configuration takes away");
    }
    if (plan.filter(it -> it.candidate().equals(planned.candidate())).isEmpty()) {
      reports.clear();
      staged = Map.of();
      canary.withdrawn();
      promoted.clear();
      merged = false;
    }
    plan = Optional.of(planned);
  }

  private void reported(AgentReport report) {
    if (plan.filter(it -> it.candidate().equals(report.candidate())).isPresent()) {
      reports.put(report.report().stage(), report.report());
      if (report.report().stage() == Stage.DEPLOYMENT) {
        canary.reported(report.report());
      }
    }
  }

  private void decided(long index, Decision decision) {
    decisions.put(decision.step(), decision);
    if (decisions.size() > DECISIONS_MAX) {
      decisions.remove(decisions.keySet().iterator().next());
    }
    if (plan.filter(it -> it.candidate().equals(decision.candidate())).isEmpty()) {
      object(index, decision, "no plan of its candidate is recorded before it");
      return;
    }
    if (!decision.candidate().head().equals(heads.getLast())) {
      object(
          index,
          decision,
          "it is for another commit than the change was opened with, or Slipway's tests made of it");
    }
    if (decision.effect() == Effect.ADD_TESTS && proposed().isEmpty()) {
      object(index, decision, "no report before it proposes tests");
    }
    if (decision.effect().movesProduction()) {
      canary
          .objection(decision.effect(), plan.get().production())
          .ifPresent(it -> object(index, decision, it));
      new Warrant(opened, plan.get(), reports, approvals, heads, staged)
          .objections(decision)
          .forEach(it -> object(index, decision, it));
    } else if (!decision.slots().stream().allMatch(Story::isStaging)) {
      object(index, decision, "it names a place in production and is said not to move it");
    }
  }

  private static boolean isStaging(Slot slot) {
    return slot.environment().equals(Environment.STAGING);
  }

  private void object(long index, Decision decision, String what) {
    objections.object(
        index, decision.change() + " may not " + quoted(decision.permits()) + ": " + what);
  }

  private static String quoted(String text) {
    return "'" + text + "'";
  }

  private void done(long index, Done step) {
    Decision decision = decisions.get(step.step());
    if (decision == null || !decision.permits().equals(step.what())) {
      objections.object(
          index, step.change() + " did " + quoted(step.what()) + ", which nothing permits");
      return;
    }
    boolean ownArtifacts = decision.effect() != Effect.INSTALL_BASE;
    if (ownArtifacts && !step.artifacts().equals(decision.artifacts())) {
      objections.object(
          index,
          step.change() + " did " + quoted(step.what()) + " with other artifacts than permitted");
    }
    switch (decision.effect()) {
      case STAGE -> staged = step.artifacts();
      case SHIFT -> canary.shifted(decision.slots());
      case MERGE -> merged = true;
      case PROMOTE -> promoted.addAll(decision.slots());
      case ADD_TESTS -> proposed().ifPresent(heads::add);
      // Taking back comes after the story, and is looked at by itself.
      case INSPECT, BUILD, INSTALL_BASE, MIGRATE, WITHDRAW -> {}
    }
  }

  /** The tests that the report on the present candidate proposes. */
  private Optional<CommitId> proposed() {
    return Optional.ofNullable(reports.get(Stage.TEST)).flatMap(Report::tests);
  }

  private void rolledBack(long index, RolledBack back) {
    canary.withdrawn();
    if (back.reasons().isEmpty()) {
      objections.object(index, back.change() + " was rolled back without a trigger");
    }
    List<Reason> reported = reported();
    for (Reason reason : back.reasons()) {
      if (!TRIGGERS.contains(reason.rule()) && reported.stream().noneMatch(reason::sameAs)) {
        objections.object(
            index,
            back.change()
                + " was rolled back for "
                + reason.rule()
                + ", which no report before it says");
      }
    }
  }

  /** What the latest report on the canary speaks against, by the recorded limits. */
  private List<Reason> reported() {
    Report report = reports.get(Stage.DEPLOYMENT);
    if (report == null || plan.isEmpty()) {
      return List.of();
    }
    return new Policy(plan.get().limits())
        .judge(report, opened.pull().head(), List.of())
        .verdict()
        .reasons();
  }

  private void rested(long index, Rested rested) {
    ended = ENDS.contains(rested.state());
    if (!ended && !rested.state().equals(WAITING)) {
      objections.object(
          index, rested.change() + " rests in " + quoted(rested.state()) + ", which is no rest");
    }
    if (!rested.state().equals("SHIPPED")) {
      return;
    }
    if (!merged) {
      objections.object(index, rested.change() + " shipped, but the base branch was never moved");
    }
    List<Slot> missing =
        plan.stream()
            .flatMap(it -> it.production().stream())
            .filter(slot -> !promoted.contains(slot))
            .toList();
    if (!missing.isEmpty()) {
      objections.object(index, rested.change() + " shipped, but was never promoted in " + missing);
    }
  }
}

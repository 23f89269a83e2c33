package dev.slipway.pipeline;

import dev.slipway.change.Artifact;
import dev.slipway.change.Candidate;
import dev.slipway.change.CommitId;
import dev.slipway.change.PullRequest;
import dev.slipway.change.ServiceName;
import dev.slipway.change.Slot;
import dev.slipway.pipeline.ChangeState.Position;
import dev.slipway.pipeline.ChangeState.Timing;
import dev.slipway.policy.Approval;
import dev.slipway.policy.Judgement;
import dev.slipway.policy.Reason;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A state being written, by {@link Evolution} alone. */
final class Draft {
  private final ChangeState from;
  PullRequest pull;
  Optional<CommitId> earlierHead;
  Optional<CommitId> proposed;
  Step step;
  Instant since;
  int turn;
  Optional<Candidate> candidate;
  Optional<ChangePlan> plan;
  Map<ServiceName, Artifact> artifacts;
  Map<ServiceName, URI> endpoints;
  Optional<Double> risk;
  List<Judgement> judgements;
  List<Timing> timings;
  List<Approval> approvals;
  List<Reason> reasons;
  Step asked;
  Step resume;
  Optional<Instant> thaw;
  List<Reason> alarms;
  Map<Slot, Long> leases;
  Position position;

  Draft(ChangeState from) {
    this.from = from;
    this.pull = from.pull();
    this.earlierHead = from.earlierHead();
    this.proposed = from.proposed();
    this.step = from.step();
    this.since = from.since();
    this.turn = from.turn();
    this.candidate = from.candidate();
    this.plan = from.plan();
    this.artifacts = from.artifacts();
    this.endpoints = from.endpoints();
    this.risk = from.risk();
    this.judgements = from.judgements();
    this.timings = from.timings();
    this.approvals = from.approvals();
    this.reasons = from.reasons();
    this.asked = from.asked();
    this.resume = from.resume();
    this.thaw = from.thaw();
    this.alarms = from.alarms();
    this.leases = from.leases();
    this.position = from.position();
  }

  ChangeState state() {
    return new ChangeState(
        pull,
        earlierHead,
        proposed,
        from.options(),
        from.openedAt(),
        step,
        since,
        turn,
        candidate,
        plan,
        artifacts,
        endpoints,
        risk,
        judgements,
        timings,
        approvals,
        reasons,
        asked,
        resume,
        thaw,
        alarms,
        leases,
        position);
  }
}

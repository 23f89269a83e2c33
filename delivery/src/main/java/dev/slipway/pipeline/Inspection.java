package dev.slipway.pipeline;

import dev.slipway.agents.Agents;
import dev.slipway.agents.Assignment;
import dev.slipway.audit.AuditCodec;
import dev.slipway.audit.AuditRecord;
import dev.slipway.audit.AuditRecord.Decision;
import dev.slipway.audit.Recorded;
import dev.slipway.change.Artifact;
import dev.slipway.change.Candidate;
import dev.slipway.change.CommitId;
import dev.slipway.change.Digest;
import dev.slipway.change.ServiceName;
import dev.slipway.change.Stage;
import dev.slipway.policy.Check;
import dev.slipway.policy.Report;
import dev.slipway.project.Project;
import dev.slipway.project.Projects;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Gives agents their assignments and takes their reports. */
public final class Inspection {
  private final Agents agents;
  private final Context context;
  private final AuditCodec codec;

  public Inspection(Agents agents, Projects projects, AuditCodec codec) {
    this.agents = agents;
    this.context = new Context(projects);
    this.codec = codec;
  }

  /** What the stage's agent reports. */
  Report report(Act.Inspect act, Recorded<Decision> permit) throws InterruptedException {
    ChangeState state = act.of();
    return agents
        .of(act.stage())
        .run(
            assignment(act, state.theCandidate(), state.artifacts(), state.endpoints())
                .under(entry(act, permit)));
  }

  /**
   * The outcome of the agent's checks of what runs at the endpoints, built from the base commit.
   */
  List<Check> checksOfBase(
      Act.Inspect act, Map<ServiceName, Artifact> artifacts, Map<ServiceName, URI> endpoints)
      throws InterruptedException {
    CommitId base = act.of().theCandidate().base();
    return agents
        .of(act.stage())
        .checks(assignment(act, new Candidate(base, base, base), artifacts, endpoints));
  }

  private Assignment assignment(
      Act.Inspect act,
      Candidate candidate,
      Map<ServiceName, Artifact> artifacts,
      Map<ServiceName, URI> endpoints) {
    ChangeState state = act.of();
    Project project = context.project(state);
    return new Assignment(
        state.pull(),
        candidate,
        project,
        state.thePlan().limits(),
        context.services(state, project),
        artifacts,
        endpoints,
        state.risk(),
        state.options().stagingMeasure(),
        act.watch(),
        Optional.empty());
  }

  /** The report, with its digest. */
  Result.Reported reported(ChangeState state, Report report) {
    Digest digest =
        Digest.of(
            codec.encode(
                new AuditRecord.AgentReport(state.pull().id(), state.theCandidate(), report, "")));
    return new Result.Reported(report, digest.hex());
  }

  /** Tests are written once for a change; the commit that brings them names the entry. */
  private static Optional<String> entry(Act.Inspect act, Recorded<Decision> permit) {
    return act.stage() == Stage.TEST && act.of().earlierHead().isEmpty()
        ? Optional.of(permit.index() + " " + permit.record().key())
        : Optional.empty();
  }
}

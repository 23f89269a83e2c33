package dev.slipway.pipeline;

import dev.slipway.agents.Agents;
import dev.slipway.agents.Assignment;
import dev.slipway.audit.AuditCodec;
import dev.slipway.audit.AuditRecord;
import dev.slipway.audit.AuditRecord.Decision;
import dev.slipway.audit.Recorded;
import dev.slipway.change.Digest;
import dev.slipway.change.Stage;
import dev.slipway.policy.Report;
import dev.slipway.project.Project;
import dev.slipway.project.Projects;
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

  Result.Reported inspect(Act.Inspect act, Recorded<Decision> permit) throws InterruptedException {
    ChangeState state = act.of();
    Project project = context.project(state);
    Report report =
        agents
            .of(act.stage())
            .run(
                new Assignment(
                    state.pull(),
                    state.theCandidate(),
                    project,
                    state.thePlan().limits(),
                    context.services(state, project),
                    state.artifacts(),
                    state.endpoints(),
                    state.options().stagingMeasure(),
                    act.watch(),
                    entry(act, permit)));
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

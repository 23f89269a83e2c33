package dev.slipway.pipeline;

import dev.slipway.agents.Agents;
import dev.slipway.agents.Assignment;
import dev.slipway.audit.AuditCodec;
import dev.slipway.audit.AuditRecord;
import dev.slipway.change.Digest;
import dev.slipway.policy.Report;
import dev.slipway.project.Project;
import dev.slipway.project.Projects;

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

  Result.Reported inspect(Act.Inspect act) throws InterruptedException {
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
                    act.watch()));
    Digest digest =
        Digest.of(
            codec.encode(
                new AuditRecord.AgentReport(state.pull().id(), state.theCandidate(), report, "")));
    return new Result.Reported(report, digest.hex());
  }
}

package dev.slipway.pipeline;

import dev.slipway.change.Artifact;
import dev.slipway.change.CommitId;
import dev.slipway.change.PullRequest;
import dev.slipway.change.ServiceName;
import dev.slipway.policy.Reason;
import dev.slipway.project.Projects;
import dev.slipway.project.Secrets;
import dev.slipway.project.Service;
import dev.slipway.workspace.ArtifactBuilder;
import dev.slipway.workspace.BuildOutcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Builds the artifacts of a candidate, each once. */
public final class Building {
  private final ArtifactBuilder builder;
  private final Context context;
  private final Secrets secrets;

  public Building(ArtifactBuilder builder, Projects projects, Secrets secrets) {
    this.builder = builder;
    this.context = new Context(projects);
    this.secrets = secrets;
  }

  Result build(ChangeState state) {
    return buildAll(
        state, context.services(state, context.project(state)), state.theCandidate().commit());
  }

  /** Builds these services as they are at the commit. */
  Result buildAll(ChangeState state, List<Service> services, CommitId commit) {
    Map<ServiceName, Artifact> artifacts = new HashMap<>();
    List<Reason> failed = new ArrayList<>();
    List<Reason> notRun = new ArrayList<>();
    for (Service service : services) {
      if (service.build().isEmpty()) {
        continue;
      }
      switch (build(state.pull(), service, service.build().get(), commit)) {
        case BuildOutcome.Built built -> artifacts.put(service.name(), built.artifact());
        case BuildOutcome.BuildFailed broken ->
            failed.add(
                new Reason(
                    "build.failed",
                    service.name().value(),
                    broken.message() + ": " + broken.outputTail()));
        case BuildOutcome.BuildNotRun missing ->
            notRun.add(new Reason("build.not_run", service.name().value(), missing.reason()));
      }
    }
    if (!failed.isEmpty()) {
      return new Result.Impossible(failed);
    }
    return notRun.isEmpty() ? new Result.Built(artifacts) : new Result.Hindered(notRun);
  }

  private BuildOutcome build(
      PullRequest pull, Service service, Service.Build build, CommitId commit) {
    Map<String, String> values = Map.of();
    if (pull.origin() == PullRequest.Origin.SAME_REPOSITORY) {
      try {
        values = secrets.of(service, Service.SecretUse.BUILD);
      } catch (Secrets.MissingSecret e) {
        return new BuildOutcome.BuildNotRun(String.valueOf(e.getMessage()));
      }
    }
    return builder.build(pull.repository(), commit, service.root(), build, values);
  }
}

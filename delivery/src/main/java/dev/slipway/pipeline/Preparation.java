package dev.slipway.pipeline;

import dev.slipway.change.Candidate;
import dev.slipway.change.Diff;
import dev.slipway.change.PullRequest;
import dev.slipway.policy.Reason;
import dev.slipway.policy.Thresholds;
import dev.slipway.project.Project;
import dev.slipway.project.Projects;
import dev.slipway.project.Service;
import dev.slipway.workspace.Workspace;
import java.util.List;

/** Makes the candidate and reads, from the base branch, what it concerns. */
public final class Preparation {
  private final Workspace workspace;
  private final Projects projects;
  private final Thresholds ceilings;

  /**
   * @param ceilings the server's limits, which a repository can only tighten
   */
  public Preparation(Workspace workspace, Projects projects, Thresholds ceilings) {
    this.workspace = workspace;
    this.projects = projects;
    this.ceilings = ceilings;
  }

  Result prepare(ChangeState state) {
    PullRequest pull = state.pull();
    return switch (workspace.merge(pull)) {
      case Workspace.Merge.Merged merged -> plan(pull, merged.candidate());
      case Workspace.Merge.Conflict conflict ->
          impossible(
              "merge.conflict",
              pull.headBranch(),
              "the change conflicts with "
                  + pull.baseBranch()
                  + " in "
                  + String.join(", ", conflict.files()));
      case Workspace.Merge.HeadMoved moved ->
          impossible(
              "merge.head_moved",
              pull.headBranch(),
              "the branch moved to " + moved.actual().brief() + " since the change was sent");
      case Workspace.Merge.NothingToMerge ignored ->
          impossible(
              "merge.nothing",
              pull.headBranch(),
              pull.baseBranch() + " already contains everything of " + pull.headBranch());
      case Workspace.Merge.NoBranch missing ->
          impossible("merge.no_branch", missing.branch(), "there is no branch " + missing.branch());
      case Workspace.Merge.Unsafe unsafe ->
          impossible("merge.unsafe", pull.headBranch(), unsafe.reason());
    };
  }

  private Result plan(PullRequest pull, Candidate candidate) {
    return switch (projects.at(pull.repository(), candidate.base())) {
      case Projects.Reading.Missing ignored ->
          new Result.Hindered(
              List.of(
                  new Reason(
                      "config.missing",
                      pull.baseBranch(),
                      pull.baseBranch() + " has no .slipway.yml; `slipway init` writes one")));
      case Projects.Reading.Invalid invalid ->
          new Result.Hindered(
              invalid.errors().stream()
                  .map(error -> new Reason("config.invalid", pull.baseBranch(), error))
                  .toList());
      case Projects.Reading.Configured configured -> planned(pull, candidate, configured.project());
    };
  }

  private Result planned(PullRequest pull, Candidate candidate, Project project) {
    Diff diff = workspace.diff(pull.repository(), candidate.base(), candidate.commit());
    List<Service> concerned = project.concernedBy(diff);
    return new Result.Prepared(
        candidate,
        new ChangePlan(
            concerned.stream()
                .map(it -> new ChangePlan.ServicePlan(it.name(), it.kind(), it.production()))
                .toList(),
            ceilings.tightenedBy(project.limits()),
            project.reviewers(),
            project.digest().toString()));
  }

  private static Result impossible(String rule, String subject, String message) {
    return new Result.Impossible(List.of(new Reason(rule, subject, message)));
  }
}

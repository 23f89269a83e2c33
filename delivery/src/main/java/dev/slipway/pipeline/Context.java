package dev.slipway.pipeline;

import dev.slipway.change.CommitId;
import dev.slipway.project.Project;
import dev.slipway.project.Projects;
import dev.slipway.project.Service;
import java.util.List;

/**
 * Looks up what a state refers to by commit: the base branch's configuration as it was planned
 * with.
 */
final class Context {
  private final Projects projects;

  Context(Projects projects) {
    this.projects = projects;
  }

  /** The configuration at the candidate's base; it was valid when the change was planned. */
  Project project(ChangeState state) {
    return project(state.pull().repository(), state.theCandidate().base());
  }

  /** The configuration at a commit that was planned with. */
  Project project(String repository, CommitId commit) {
    return switch (projects.at(repository, commit)) {
      case Projects.Reading.Configured configured -> configured.project();
      case Projects.Reading.Missing ignored ->
          throw new IllegalStateException("the configuration this change was planned with is gone");
      case Projects.Reading.Invalid invalid ->
          throw new IllegalStateException(
              "the configuration this change was planned with is invalid now: "
                  + String.join("; ", invalid.errors()));
    };
  }

  /** The services the change concerns, dependencies first. */
  List<Service> services(ChangeState state, Project project) {
    return state.thePlan().services().stream()
        .map(
            planned ->
                project
                    .service(planned.name())
                    .orElseThrow(
                        () ->
                            new IllegalStateException(
                                "the configuration has no service " + planned.name())))
        .toList();
  }
}

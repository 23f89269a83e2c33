package dev.slipway.pipeline;

import dev.slipway.change.CommitId;
import dev.slipway.change.ServiceName;
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

  /** A service of that configuration. */
  Service service(ChangeState state, ServiceName name) {
    return service(project(state), name);
  }

  /** A service of a configuration that was planned with. */
  static Service service(Project project, ServiceName name) {
    return project
        .service(name)
        .orElseThrow(() -> new IllegalStateException("the configuration has no service " + name));
  }

  /** The services the change concerns, dependencies first. */
  List<Service> services(ChangeState state, Project project) {
    return state.thePlan().services().stream()
        .map(planned -> service(project, planned.name()))
        .toList();
  }
}

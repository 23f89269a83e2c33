package dev.slipway.app.config;

import dev.slipway.change.CommitId;
import dev.slipway.project.Project;
import dev.slipway.project.Projects;
import dev.slipway.workspace.Workspace;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Reads {@code .slipway.yml} from a commit. A commit never changes, so what was read is kept. */
public final class GitProjects implements Projects {
  private static final int KEPT_MAX = 1_000;

  private record Place(String repository, CommitId commit) {}

  private final Workspace workspace;
  private final Map<Place, Reading> kept = new ConcurrentHashMap<>();

  public GitProjects(Workspace workspace) {
    this.workspace = workspace;
  }

  @Override
  public Reading at(String repository, CommitId base) {
    if (kept.size() > KEPT_MAX) {
      kept.clear();
    }
    return kept.computeIfAbsent(new Place(repository, base), this::read);
  }

  private Reading read(Place place) {
    return workspace
        .tree(place.repository(), place.commit())
        .read(ProjectFile.NAME)
        .<Reading>map(
            content ->
                switch (ProjectFile.parse(ProjectFile.NAME, content)) {
                  case Parsed.Valid<Project> valid -> new Reading.Configured(valid.value());
                  case Parsed.Invalid<Project> invalid ->
                      new Reading.Invalid(
                          invalid.errors().stream().map(ConfigError::toString).toList());
                })
        .orElseGet(Reading.Missing::new);
  }
}

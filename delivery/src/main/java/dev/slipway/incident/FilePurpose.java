package dev.slipway.incident;

import dev.slipway.agents.review.FileRole;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What changing a file can do to production, told from its path. */
enum FilePurpose {
  CODE,
  CONFIGURATION,
  DEPENDENCIES,
  MIGRATION,
  /** Tests and text: they do not run in production. */
  ELSEWHERE;

  private static final Set<String> MANIFESTS =
      Set.of(
          "pom.xml",
          "build.gradle",
          "build.gradle.kts",
          "libs.versions.toml",
          "package.json",
          "requirements.txt",
          "pyproject.toml",
          "pipfile",
          "go.mod",
          "cargo.toml",
          "gemfile",
          "composer.json",
          "mix.exs",
          "build.sbt",
          "packages.config");

  private static final Set<String> SETTINGS =
      Set.of("yml", "yaml", "properties", "toml", "ini", "conf", "cfg", "env", "tf", "service");

  static FilePurpose of(String path) {
    String lower = path.toLowerCase(Locale.ROOT);
    String name = lower.substring(lower.lastIndexOf('/') + 1);
    String ending = name.substring(name.lastIndexOf('.') + 1);
    return switch (FileRole.of(path)) {
      case TEST, DOCUMENTATION -> ELSEWHERE;
      case LOCK -> DEPENDENCIES;
      case PRODUCTION, GENERATED -> {
        if (MANIFESTS.contains(name) || ending.equals("csproj")) {
          yield DEPENDENCIES;
        }
        if (ending.equals("sql") || lower.contains("migration")) {
          yield MIGRATION;
        }
        yield SETTINGS.contains(ending) || name.startsWith("dockerfile") ? CONFIGURATION : CODE;
      }
    };
  }

  /** Why a line of it may matter whatever it says; empty if it has to say something. */
  Optional<String> reason() {
    return switch (this) {
      case CODE -> Optional.empty();
      case CONFIGURATION -> Optional.of("changes configuration");
      case DEPENDENCIES -> Optional.of("changes a dependency");
      case MIGRATION -> Optional.of("changes the database");
      case ELSEWHERE -> Optional.of("does not run in production, and stands last for that");
    };
  }
}

package dev.slipway.app.detectors.integrations;

import dev.slipway.app.detectors.text.Row;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The files in which a build declares its dependencies. */
enum Manifest {
  NPM,
  COMPOSER,
  MAVEN,
  NUGET,
  GRADLE,
  SBT,
  CATALOG,
  PYPROJECT,
  PIPFILE,
  CARGO,
  REQUIREMENTS,
  REQUIREMENTS_OF_TOOLS,
  SETUP_PY,
  GO,
  GEMFILE,
  MIX,
  PUBSPEC,
  PODFILE,
  SWIFT;

  private static final Pattern TOOL =
      Pattern.compile(
          "(?:@types/|@typescript-eslint/|@testing-library/|@storybook/|@babel/|@jest/|@vitest/|eslint"
              + "|prettier|jest|vitest|mocha|chai|sinon|cypress|playwright|@playwright/|nodemon|ts-node"
              + "|typescript$|husky|lint-staged|webpack|rollup|esbuild|vite$|babel-|stylelint|nyc$|c8$"
              + "|tsx$|turbo$|pytest|flake8|black$|ruff$|mypy|isort|pylint|coverage$|tox$|pre-commit$"
              + "|rubocop|rspec|factory_bot|simplecov|phpunit/|phpstan/|xunit|nunit|moq$|coverlet)"
              + ".{0,100}",
          Pattern.CASE_INSENSITIVE);

  private static final Set<String> TOOL_WORDS =
      Set.of("dev", "develop", "test", "tests", "testing", "lint", "doc", "docs", "ci", "build");

  /** The dependencies declared in these lines, which may be fragments of a file. */
  List<Dependency> read(List<Row> rows) {
    return switch (this) {
      case NPM -> MarkedManifests.npm(rows);
      case COMPOSER -> MarkedManifests.composer(rows);
      case MAVEN -> MarkedManifests.maven(rows);
      case NUGET -> MarkedManifests.nuget(rows);
      case GRADLE -> LineManifests.gradle(rows);
      case SBT -> LineManifests.sbt(rows);
      case CATALOG -> TomlManifests.catalog(rows);
      case PYPROJECT -> TomlManifests.pyproject(rows);
      case PIPFILE -> TomlManifests.pipfile(rows);
      case CARGO -> TomlManifests.cargo(rows);
      case REQUIREMENTS -> LineManifests.requirements(rows);
      case REQUIREMENTS_OF_TOOLS -> LineManifests.toolRequirements(rows);
      case SETUP_PY -> LineManifests.setupPy(rows);
      case GO -> LineManifests.go(rows);
      case GEMFILE -> LineManifests.gemfile(rows);
      case MIX -> LineManifests.mix(rows);
      case PUBSPEC -> LineManifests.pubspec(rows);
      case PODFILE -> LineManifests.podfile(rows);
      case SWIFT -> LineManifests.swift(rows);
    };
  }

  /** Whether a package of this name helps to write software and is no part of it. */
  static boolean isTool(String name) {
    return TOOL.matcher(name).matches();
  }

  /** What manifest the file at this path is, if it is one. */
  static Optional<Manifest> of(String path) {
    String name = path.substring(path.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
    return Optional.ofNullable(
        switch (name) {
          case "package.json" -> NPM;
          case "composer.json" -> COMPOSER;
          case "pom.xml" -> MAVEN;
          case "packages.config", "directory.packages.props" -> NUGET;
          case "build.sbt", "dependencies.scala", "plugins.sbt" -> SBT;
          case "libs.versions.toml" -> CATALOG;
          case "pyproject.toml" -> PYPROJECT;
          case "pipfile" -> PIPFILE;
          case "cargo.toml" -> CARGO;
          case "setup.py", "setup.cfg" -> SETUP_PY;
          case "go.mod" -> GO;
          case "gemfile" -> GEMFILE;
          case "mix.exs" -> MIX;
          case "pubspec.yaml" -> PUBSPEC;
          case "podfile" -> PODFILE;
          case "package.swift" -> SWIFT;
          default -> byEnding(path.toLowerCase(Locale.ROOT), name).orElse(null);
        });
  }

  private static Optional<Manifest> byEnding(String path, String name) {
    if (name.endsWith(".gradle") || name.endsWith(".gradle.kts")) {
      return Optional.of(GRADLE);
    }
    if (name.endsWith(".csproj") || name.endsWith(".fsproj") || name.endsWith(".vbproj")) {
      return Optional.of(NUGET);
    }
    if (name.endsWith(".gemspec")) {
      return Optional.of(GEMFILE);
    }
    boolean requirements =
        (name.startsWith("requirements") && (name.endsWith(".txt") || name.endsWith(".in")))
            || (path.contains("requirements/") && name.endsWith(".txt"));
    if (requirements) {
      boolean tools = List.of(name.split("[^a-z]+")).stream().anyMatch(TOOL_WORDS::contains);
      return Optional.of(tools ? REQUIREMENTS_OF_TOOLS : REQUIREMENTS);
    }
    return Optional.empty();
  }
}

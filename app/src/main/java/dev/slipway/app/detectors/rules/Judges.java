package dev.slipway.app.detectors.rules;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The files by which changes are judged, wherever in the tree they are. */
final class Judges {
  /** A kind of judge: the end of its rule's name, and what it is for people. */
  record Judge(String rule, String what) {}

  private static final Judge CONFIGURATION =
      new Judge("configuration", "Slipway's own configuration or review guide");
  private static final Judge OWNERS = new Judge("owners", "who must review what");
  private static final Judge PIPELINE = new Judge("ci", "what continuous integration runs");
  private static final Judge ASSISTANT =
      new Judge("assistant", "instructions that coding assistants and model reviewers follow");
  private static final Judge CHECKS =
      new Judge("checks", "which automatic checks run, or how strict they are");

  private static final Set<String> CONFIGURATION_NAMES =
      Set.of(
          ".slipway.yml",
          ".slipway.yaml",
          "review-guide.md",
          "review_guide.md",
          "reviewguide.md",
          "reviewing.md",
          "slipway-review.md");

  private static final Set<String> OWNER_NAMES = Set.of("codeowners", "owners", "owners_aliases");

  private static final Set<String> PIPELINE_NAMES =
      Set.of(
          ".gitlab-ci.yml",
          ".gitlab-ci.yaml",
          "jenkinsfile",
          ".travis.yml",
          "azure-pipelines.yml",
          "azure-pipelines.yaml",
          "bitbucket-pipelines.yml",
          ".drone.yml",
          ".drone.star",
          "appveyor.yml",
          ".appveyor.yml",
          ".cirrus.yml",
          ".woodpecker.yml",
          "buildspec.yml",
          "buildspec.yaml",
          "cloudbuild.yaml",
          "cloudbuild.yml",
          "codefresh.yml",
          ".semaphore.yml",
          "wercker.yml",
          "codemagic.yaml",
          "bitrise.yml",
          ".pre-commit-config.yaml",
          "zuul.yaml",
          ".zuul.yaml",
          "mergify.yml",
          ".mergify.yml",
          "screwdriver.yaml",
          "concourse.yml");

  private static final List<String> PIPELINE_FOLDERS =
      List.of(
          ".github/workflows/",
          ".github/actions/",
          ".gitlab/ci/",
          ".gitlab-ci/",
          ".circleci/",
          ".buildkite/",
          ".azure-pipelines/",
          ".woodpecker/",
          ".tekton/",
          ".teamcity/",
          ".semaphore/",
          ".ci/",
          ".forgejo/workflows/",
          ".gitea/workflows/",
          ".zuul.d/",
          ".harness/",
          ".husky/",
          ".githooks/");

  private static final Set<String> ASSISTANT_NAMES =
      Set.of(
          "claude.md",
          "claude.local.md",
          "agents.md",
          "agents.override.md",
          "agent.md",
          "gemini.md",
          ".cursorrules",
          ".windsurfrules",
          ".clinerules",
          ".roorules",
          ".goosehints",
          "copilot-instructions.md",
          "warp.md",
          "qwen.md",
          "crush.md",
          "conventions.md.aider",
          ".mcp.json",
          "mcp.json",
          ".coderabbit.yaml",
          ".coderabbit.yml",
          "greptile.json",
          ".codeiumignore",
          ".cursorignore",
          ".rules",
          "jules.md",
          ".aiderignore",
          ".sourcery.yaml",
          ".sourcery.yml",
          ".pr_agent.toml",
          ".ellipsis.yaml");

  private static final List<String> ASSISTANT_FOLDERS =
      List.of(
          ".cursor/",
          ".claude/",
          ".codex/",
          ".gemini/",
          ".windsurf/",
          ".clinerules/",
          ".roo/",
          ".continue/",
          ".amazonq/",
          ".junie/",
          ".augment/",
          ".kiro/",
          ".trae/",
          ".openhands/",
          ".agents/",
          ".github/instructions/",
          ".github/prompts/",
          ".github/chatmodes/",
          ".github/agents/",
          ".github/copilot/",
          ".devin/",
          ".qodo/");

  private static final Set<String> CHECK_NAMES =
      Set.of(
          "dependabot.yml",
          "dependabot.yaml",
          "renovate.json",
          "renovate.json5",
          ".renovaterc",
          ".renovaterc.json",
          "codecov.yml",
          ".codecov.yml",
          "sonar-project.properties",
          ".gitleaks.toml",
          ".gitleaksignore",
          ".secretlintrc.json",
          ".semgrepignore",
          ".semgrep.yml",
          ".snyk",
          ".trivyignore",
          ".bandit",
          "checkov.yml",
          ".checkov.yaml",
          ".gitattributes",
          ".gitmodules",
          "danger.js",
          "dangerfile",
          "dangerfile.js",
          "dangerfile.ts",
          ".github/settings.yml",
          "codeql-config.yml");

  private Judges() {}

  /** What sort of judge the file at this path is, if it is one. */
  static Optional<Judge> of(String path) {
    String lower = ("/" + path).toLowerCase(Locale.ROOT);
    String name = lower.substring(lower.lastIndexOf('/') + 1);
    if (CONFIGURATION_NAMES.contains(name) || lower.contains("/.slipway/")) {
      return Optional.of(CONFIGURATION);
    }
    if (OWNER_NAMES.contains(name)) {
      return Optional.of(OWNERS);
    }
    if (PIPELINE_NAMES.contains(name)
        || name.endsWith(".jenkinsfile")
        || name.endsWith(".gitlab-ci.yml")
        || isIn(lower, PIPELINE_FOLDERS)) {
      return Optional.of(PIPELINE);
    }
    if (ASSISTANT_NAMES.contains(name)
        || name.startsWith(".aider")
        || name.endsWith(".instructions.md")
        || name.endsWith(".mdc")
        || name.equals("skill.md")
        || isIn(lower, ASSISTANT_FOLDERS)) {
      return Optional.of(ASSISTANT);
    }
    if (CHECK_NAMES.contains(name) || lower.endsWith("/.github/settings.yml")) {
      return Optional.of(CHECKS);
    }
    return Optional.empty();
  }

  private static boolean isIn(String path, List<String> folders) {
    return folders.stream().anyMatch(folder -> path.contains("/" + folder));
  }
}

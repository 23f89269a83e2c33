package dev.slipway.app.detectors.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.app.detectors.Changes;
import dev.slipway.app.detectors.Corpus;
import dev.slipway.change.FileChange;
import dev.slipway.change.FileChange.Content;
import dev.slipway.change.FileChange.Kind;
import dev.slipway.policy.Finding;
import dev.slipway.policy.Finding.Severity;
import java.util.List;
import org.junit.jupiter.api.Test;

class RulesDetectorTest {
  private static final List<String> JUDGES =
      List.of(
          ".slipway.yml",
          "service/.slipway.yml",
          "docs/review-guide.md",
          "CODEOWNERS",
          ".github/CODEOWNERS",
          "docs/CODEOWNERS",
          ".github/workflows/ci.yml",
          "sub/.github/workflows/x.yaml",
          ".github/actions/build/action.yml",
          ".gitlab-ci.yml",
          "ci/deploy.gitlab-ci.yml",
          "Jenkinsfile",
          "build/release.Jenkinsfile",
          ".travis.yml",
          ".circleci/config.yml",
          "azure-pipelines.yml",
          ".buildkite/pipeline.yml",
          ".drone.yml",
          "bitbucket-pipelines.yml",
          "cloudbuild.yaml",
          "CLAUDE.md",
          "web/claude.md",
          "AGENTS.md",
          "packages/a/AGENTS.md",
          ".cursorrules",
          ".cursor/rules/style.mdc",
          "GEMINI.md",
          ".github/copilot-instructions.md",
          ".github/instructions/a.instructions.md",
          ".aider.conf.yml",
          ".windsurfrules",
          ".clinerules/a.md",
          ".claude/settings.json",
          ".mcp.json",
          ".coderabbit.yaml",
          ".pre-commit-config.yaml",
          ".gitattributes",
          ".gitmodules",
          "codecov.yml",
          "renovate.json",
          ".github/dependabot.yml");

  private static final List<String> OTHERS =
      List.of(
          "src/App.java",
          "README.md",
          "docs/agents/overview.md",
          "src/agents/Agent.java",
          "src/owners/list.ts",
          "app/workflows/order.py",
          "github/client.go",
          "cursor.go",
          "docs/claude-api.md",
          "src/gemini.ts",
          "lib/rules/engine.rb",
          "config/slipway.md",
          "package.json",
          "Makefile",
          "Dockerfile",
          "src/ci/Runner.java",
          "pom.xml",
          "docs/codeowners-howto.md",
          "app/jenkins/client.py",
          "src/codecov/report.ts",
          "deploy/values.yaml",
          "AGENTS.java",
          "src/copilot.ts");

  private final RulesDetector detector = new RulesDetector();

  @Test
  void everyJudgeIsKnownAndNothingElse() {
    Corpus corpus = new Corpus("rules", detector, finding -> finding.rule().startsWith("rules."));
    JUDGES.forEach(path -> corpus.positive(path, Changes.adding(path, "x\n")));
    OTHERS.forEach(path -> corpus.negative(path, Changes.adding(path, "x\n")));
    corpus.measure(1, 1);
  }

  @Test
  void aJudgeIsAlwaysHighWhateverHappensToIt() {
    for (FileChange file :
        List.of(
            new FileChange(
                Kind.DELETED, "CODEOWNERS", "CODEOWNERS", 0100644, 0, Content.TEXT, List.of()),
            new FileChange(
                Kind.RENAMED, "CODEOWNERS", "old", 0100644, 0100644, Content.TEXT, List.of()),
            new FileChange(
                Kind.MODIFIED,
                "CODEOWNERS",
                "CODEOWNERS",
                0100644,
                0120000,
                Content.BINARY,
                List.of()))) {
      assertThat(Corpus.findings(detector, Changes.patch(List.of(file))))
          .extracting(Finding::rule, Finding::severity)
          .contains(org.assertj.core.groups.Tuple.tuple("rules.owners", Severity.HIGH));
    }
  }

  @Test
  void sensitivePathsAreKnownByWholeWords() {
    Corpus corpus =
        new Corpus("sensitive paths", detector, finding -> finding.rule().startsWith("sensitive."));
    for (String path :
        List.of(
            "src/auth/Login.java",
            "app/payments/charge.py",
            "lib/crypto.rb",
            "src/AuthFilter.java",
            "SecurityConfig.java",
            "internal/rbac/policy.go",
            "billing/invoice.ts",
            "jwt.go",
            "src/oauth2/token.ts",
            "permissions.py",
            "app/PasswordEncoder.kt",
            "web/cors.js",
            "iam/roles.tf",
            "k8s/secrets.yaml",
            "src/session/store.ts",
            "UserPermissionService.cs",
            "tls/config.go",
            "saml_provider.rb",
            "checkout/flow.js",
            "app/refunds.py")) {
      corpus.positive(path, Changes.adding(path, "x\n"));
    }
    for (String path :
        List.of(
            "src/author/Author.java",
            "src/authors.py",
            "docs/auth.md",
            "src/test/AuthTest.java",
            "lib/tokens/Button.css",
            "src/claim.ts",
            "app/oracle.py",
            "obsession/a.go",
            "src/Paymenu.java",
            "decor/scors.js",
            "impassword.txt",
            "aclass.py",
            "miam/x.go",
            "src/main/Order.java",
            "web/table.tsx",
            "lib/vaulted.css",
            "src/encrypted.md",
            "go.sum",
            "vendor/crypto/a.go",
            "src/lauth.c")) {
      corpus.negative(path, Changes.adding(path, "x\n"));
    }
    corpus.measure(1, 1);
  }
}

package dev.slipway.app.detectors.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.app.detectors.Changes;
import dev.slipway.app.detectors.Corpus;
import dev.slipway.change.FileChange;
import dev.slipway.change.FileChange.Content;
import dev.slipway.change.FileChange.Hunk;
import dev.slipway.change.FileChange.Kind;
import dev.slipway.change.FileChange.Line;
import dev.slipway.policy.Finding;
import dev.slipway.policy.Finding.Severity;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SupplyChainDetectorTest {
  private final SupplyChainDetector detector = new SupplyChainDetector();

  private Corpus corpus(String name) {
    return new Corpus(name, detector, f -> f.severity().compareTo(Severity.HIGH) >= 0);
  }

  @Test
  void workflowsImagesAndContainers() {
    Corpus corpus = corpus("supply chain, workflows");
    new WorkflowCases(corpus).addAll();
    corpus.measure(1, 1);
  }

  @Test
  void scriptsInstallationsRegistriesAndLocks() {
    Corpus corpus = corpus("supply chain, builds");
    new BuildCases(corpus).addAll();
    corpus.measure(1, 1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        ".github/workflows/a.yml | - uses: acme/deploy@v1 | workflow.unpinned-action | MEDIUM",
        ".github/workflows/a.yml | - uses: acme/deploy@main | workflow.unpinned-action | MEDIUM",
        ".github/workflows/a.yml | - uses: actions/checkout@v4 | workflow.unpinned-action | LOW",
        ".github/workflows/a.yml | - uses: docker://alpine:3 | workflow.unpinned-action | MEDIUM",
        ".github/workflows/a.yml | contents: write | workflow.permission | MEDIUM",
        ".github/workflows/a.yml | id-token: write | workflow.permission | MEDIUM",
        ".github/workflows/a.yml | on: pull_request_target | workflow.pull-request-target | MEDIUM",
        ".github/workflows/a.yml | secrets: inherit | workflow.all-secrets | LOW",
        "Dockerfile | FROM alpine\\nUSER app | docker.unpinned-image | MEDIUM",
        "Dockerfile | FROM a:latest AS x\\nFROM scratch\\nUSER 1 | docker.unpinned-image | MEDIUM",
        "Dockerfile | FROM alpine:3.20 | docker.unpinned-image | LOW",
        "Dockerfile | USER root\\nRUN a\\nUSER app | docker.root | LOW",
        "a.sh | bash <(curl -s https://bun.sh/install) | supply.piped-script | MEDIUM",
        "deploy/a.yaml | hostPath:\\n  path: /srv/data | container.privilege | MEDIUM",
        "package.json | \"prepare\": \"node x.js\" | npm.install-script | MEDIUM",
        "package.json | \"postinstall\": \"patch-package\" | npm.install-script | LOW",
        "setup.py | setup(cmdclass=x) | python.setup-code | MEDIUM",
        "yarn.lock | a | lock.without-manifest | LOW"
      })
  void whatIsWorthALineButNoQuestion(String path, String text, String rule, Severity severity) {
    assertThat(Corpus.findings(detector, Changes.adding(path, text.replace("\\n", "\n") + "\n")))
        .filteredOn(finding -> finding.rule().equals(rule))
        .extracting(Finding::severity)
        .containsExactly(severity);
  }

  @Test
  void aLockGoesWithItsManifest() {
    Map<String, String> base = Map.of("package.json", "{\"a\": 1}\n", "package-lock.json", "1\n");
    assertThat(rules(base, Map.of("package.json", "{\"a\": 1}\n", "package-lock.json", "2\n")))
        .containsExactly("lock.without-manifest");
    assertThat(rules(base, Map.of("package.json", "{\"a\": 1}\n"))).containsExactly("lock.removed");
    assertThat(rules(base, Map.of("package.json", "{\"a\": 1}\n", "yarn.lock", "1\n")))
        .containsExactly("lock.removed", "lock.without-manifest");
    assertThat(
            rules(
                Map.of("b/package.json", "1\n", "a/package-lock.json", "1\n"),
                Map.of("b/package.json", "2\n", "a/package-lock.json", "2\n")))
        .containsExactly("lock.without-manifest");
    assertThat(
            rules(
                Map.of("b/package.json", "1\n", "package-lock.json", "1\n"),
                Map.of("b/package.json", "2\n", "package-lock.json", "2\n")))
        .isEmpty();
    assertThat(rules(base, Map.of("package.json", "{\"a\": 2}\n", "package-lock.json", "2\n")))
        .isEmpty();
    assertThat(
            rules(base, Map.of("package.json", "{\"b\": \"^1.0\"}\n", "package-lock.json", "1\n")))
        .containsExactly("lock.not-updated");
    assertThat(
            rules(
                Map.of("go.mod", "a\n", "go.sum", "b\n"), Map.of("go.mod", "b\n", "go.sum", "c\n")))
        .isEmpty();
  }

  @Test
  void lossOfALimitIsSeen() {
    assertThat(
            rules(
                Map.of(".github/workflows/a.yml", "permissions: read-all\non: push\n"),
                Map.of(".github/workflows/a.yml", "on: push\n")))
        .containsExactly("workflow.permission");
    assertThat(
            rules(
                Map.of("Dockerfile", "FROM a@sha256:x\nUSER app\n"),
                Map.of("Dockerfile", "FROM a@sha256:x\n")))
        .containsExactly("docker.root");
  }

  @Test
  void filesThatADiffDoesNotShowAreNamed() {
    assertThat(opaque(file("lib/a.jar", 0100644, Content.BINARY)))
        .containsExactly("opaque.program");
    assertThat(opaque(file("gradle/wrapper/gradle-wrapper.jar", 0100644, Content.BINARY)))
        .containsExactly("opaque.program");
    assertThat(opaque(file("sub", 0160000, Content.TEXT))).containsExactly("opaque.submodule");
    assertThat(opaque(link("a/b", "../../etc/passwd"))).containsExactly("opaque.link");
    assertThat(opaque(link("a/b", "/etc/passwd"))).containsExactly("opaque.link");
    assertThat(opaque(link("a/b", "x/../../../c"))).containsExactly("opaque.link");
    assertThat(opaque(link("a/b", "../c"))).isEmpty();
    assertThat(opaque(file("a.png", 0100644, Content.BINARY))).isEmpty();
  }

  private List<String> opaque(FileChange file) {
    return Corpus.findings(detector, Changes.patch(List.of(file))).stream()
        .map(Finding::rule)
        .toList();
  }

  private static FileChange file(String path, int mode, Content content) {
    return new FileChange(Kind.ADDED, path, path, 0, mode, content, List.of());
  }

  private static FileChange link(String path, String target) {
    return new FileChange(
        Kind.ADDED,
        path,
        path,
        0,
        0120000,
        Content.TEXT,
        List.of(new Hunk(0, 1, List.of(new Line.Added(target)))));
  }

  private List<String> rules(Map<String, String> base, Map<String, String> candidate) {
    return Corpus.findings(detector, Changes.between(base, candidate)).stream()
        .map(Finding::rule)
        .toList();
  }
}

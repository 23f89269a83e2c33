package dev.slipway.app.commands;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.app.artifacts.FileArtifactStore;
import dev.slipway.audit.Permits;
import dev.slipway.change.Artifact;
import dev.slipway.policy.Share;
import dev.slipway.project.Service;
import dev.slipway.target.DeployTarget;
import dev.slipway.target.DeployTargetContract;
import dev.slipway.target.Epoch;
import dev.slipway.target.Rollout;
import dev.slipway.target.Serving;
import dev.slipway.target.TargetFault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The documentation's script keeps the target's contract. */
class CommandTargetTest extends DeployTargetContract {
  @TempDir Path directory;
  private FileArtifactStore artifacts;
  private Script documented;
  private int asked;

  @BeforeEach
  void makeScript() throws IOException {
    artifacts = new FileArtifactStore(directory.resolve("artifacts"));
    Path platform = Files.createDirectories(directory.resolve("platform"));
    documented =
        DocumentedScript.script(directory, DocumentedScript.block("python"), platform.toString());
  }

  private DeployTarget target(Script moving, Script status) {
    return new CommandTarget(
        new TargetScripts(moving, moving, moving, moving, status),
        artifacts,
        directory.resolve("epochs"));
  }

  @Override
  protected DeployTarget target() {
    return target(documented, documented);
  }

  @Override
  protected Rollout version(String name) {
    try {
      Artifact artifact = artifacts.keep(Files.writeString(directory.resolve("app"), name));
      Service.Run run = new Service.Run(List.of("${ARTIFACT}"), Map.of(), "/health", 1);
      return new Rollout(SLOT, artifact, run, List.of(), Map.of("TOKEN", "s3cret-value"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  protected Rollout broken() {
    return version("");
  }

  /** The platform of the page serves nobody: what it would answer follows from its state. */
  @Override
  protected String answer(URI endpoint) {
    Serving serving = target().serving(SLOT).orElseThrow();
    boolean canary =
        endpoint.toString().endsWith("/canary")
            || serving.share().equals(Share.ALL)
            || (serving.share().compareTo(Share.NONE) > 0 && asked++ % 2 == 0);
    Optional<Artifact> artifact = canary ? serving.canary() : serving.stable();
    try {
      return Files.readString(artifacts.open((Artifact.File) artifact.orElseThrow()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void assertFault(String program, String... said) throws IOException {
    Script failing = DocumentedScript.script(directory, program);
    assertThatThrownBy(
            () ->
                target(failing, documented)
                    .install(Permits.of(SLOT), version("one"), new Epoch(1, 1)))
        .isExactlyInstanceOf(TargetFault.class)
        .hasMessageContainingAll(said);
  }

  @Test
  void C13_aScriptThatFailsSaysWhy() throws IOException {
    assertFault("import sys\nsys.exit('no \\x1b[31mroom')\n", "ended with 1", "room");
  }

  @Test
  void C14_aScriptThatSaysDoneAndIsNotIsCaught() throws IOException {
    assertFault("import sys\nsys.exit(0)\n", "not as it should be");
  }

  @Test
  void C13_aScriptThatHangsIsKilledWithItsChildren() throws Exception {
    Path child = directory.resolve("child");
    Script hanging =
        new Script(
            List.of("/bin/sh", "-c", "sleep 600 & echo $! > \"$0\"; wait", child.toString()),
            Duration.ofSeconds(2));

    assertThatThrownBy(() -> target(hanging, documented).rollBack(SLOT, new Epoch(1, 1)))
        .isInstanceOf(TargetFault.class)
        .hasMessageContaining("took longer than 2 s");

    long pid = Long.parseLong(Files.readString(child).strip());
    org.awaitility.Awaitility.await()
        .until(() -> ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty());
  }

  @Test
  void aStatusThatIsNoneIsAFault() throws IOException {
    Script chatty = DocumentedScript.script(directory, "print('all is well')\n");
    assertThatThrownBy(() -> target(documented, chatty).serving(SLOT))
        .isInstanceOf(TargetFault.class)
        .hasMessageContaining("not understood");
    Script endless =
        DocumentedScript.script(directory, "import sys\nsys.stdout.write('x' * 3_000_000)\n");
    assertThatThrownBy(() -> target(documented, endless).serving(SLOT))
        .isInstanceOf(TargetFault.class)
        .hasMessageContaining("more than 1048576 bytes");
  }

  @Test
  void secretsAreInTheEnvironmentAndNowhereElse() throws IOException {
    Script telling =
        DocumentedScript.script(
            directory,
            "import os, sys\n"
                + "sys.exit('token ' + os.environ['TOKEN'][:3]"
                + " + ' told ' + str('s3cret' in sys.stdin.read()))\n");
    assertThatThrownBy(
            () ->
                target(telling, documented)
                    .install(Permits.of(SLOT), version("one"), new Epoch(1, 1)))
        .hasMessageContaining("token s3c told False");
    assertThat(version("one").toString()).doesNotContain("s3cret");
  }
}

package dev.slipway.workspace;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.change.Artifact;
import dev.slipway.change.CommitId;
import dev.slipway.change.Digest;
import dev.slipway.project.Command;
import dev.slipway.project.Service;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArtifactBuilderTest {
  @TempDir Path directory;
  private final FakeSandbox sandbox = new FakeSandbox();
  private FakeWorkspace workspace;
  private ArtifactBuilder builder;
  private FakeArtifactStore store;
  private CommitId commit;

  @BeforeEach
  void setUp() throws Exception {
    workspace = new FakeWorkspace(directory.resolve("checkouts"), sandbox);
    store = new FakeArtifactStore(Files.createDirectory(directory.resolve("store")));
    builder = new ArtifactBuilder(workspace, store);
    commit = workspace.repository("r").commit("main", "service/src.txt", "source\n");
  }

  /** Something a hostile build does to the checkout. */
  private interface Act {
    void on(Path checkout) throws Exception;
  }

  private BuildOutcome build(String artifact, Act act) {
    sandbox.replying(
        (checkout, command) -> {
          try {
            act.on(checkout);
          } catch (Exception e) {
            throw new AssertionError(e);
          }
          return FakeSandbox.exited(0, "built");
        });
    return build(new Service.ArtifactSource.Path(artifact));
  }

  private BuildOutcome build(Service.ArtifactSource source) {
    Command make =
        new Command(
            List.of("make"),
            Map.of(),
            "service",
            Command.Network.NONE,
            List.of(),
            Duration.ofMinutes(1));
    return builder.build(
        "r",
        commit,
        "service",
        new Service.Build(Optional.of(make), source),
        Map.of("TOKEN", "s3cret"));
  }

  private static String failure(BuildOutcome outcome) {
    assertThat(outcome).isInstanceOf(BuildOutcome.BuildFailed.class);
    return ((BuildOutcome.BuildFailed) outcome).message();
  }

  @Test
  void keepsTheFileThatTheBuildLeaves() throws Exception {
    BuildOutcome outcome =
        build("app.jar", checkout -> Files.writeString(checkout.resolve("service/app.jar"), "jar"));

    Artifact.File expected = new Artifact.File(Digest.of("jar".getBytes(UTF_8)), "app.jar");
    assertThat(((BuildOutcome.Built) outcome).artifact()).isEqualTo(expected);
    assertThat(Files.readString(store.open(expected))).isEqualTo("jar");
    assertThat(sandbox.ran().getFirst().secrets()).containsEntry("TOKEN", "s3cret");
  }

  @Test
  void aBuildThatFailsShowsTheEndOfItsOutput() {
    sandbox.replying((checkout, command) -> FakeSandbox.exited(2, "x".repeat(100_000) + "the end"));

    BuildOutcome outcome = build(new Service.ArtifactSource.Path("app.jar"));

    assertThat(failure(outcome)).contains("exited with 2");
    assertThat(((BuildOutcome.BuildFailed) outcome).outputTail())
        .endsWith("the end")
        .hasSizeLessThan(10_000);
  }

  @Test
  void aBuildThatDidNotStartIsNotAFailureOfTheChange() {
    sandbox.replying(
        (checkout, command) ->
            new Execution(new Execution.Ending.NotStarted("no make"), "", Duration.ZERO));

    assertThat(build(new Service.ArtifactSource.Path("app.jar")))
        .isEqualTo(new BuildOutcome.BuildNotRun("the build could not be started: no make"));
  }

  @Test
  void aBuildThatLeavesNothingFails() {
    assertThat(failure(build("app.jar", checkout -> {}))).contains("no regular file");
    assertThat(
            failure(
                build(
                    "app.jar",
                    checkout -> Files.createDirectory(checkout.resolve("service/app.jar")))))
        .contains("no regular file");
  }

  @Test
  void D3_anArtifactReachedThroughALinkFails() throws Exception {
    Path outside = Files.writeString(directory.resolve("outside.jar"), "not built");

    assertThat(
            failure(
                build(
                    "app.jar",
                    checkout ->
                        Files.createSymbolicLink(checkout.resolve("service/app.jar"), outside))))
        .contains("symbolic link");
    assertThat(
            failure(
                build(
                    "dir/outside.jar",
                    checkout ->
                        Files.createSymbolicLink(checkout.resolve("service/dir"), directory))))
        .contains("symbolic link");
  }

  @Test
  void D2_anArtifactOutsideTheCheckoutFails() {
    assertThat(failure(build("../../outside.jar", checkout -> {}))).contains("outside");
    assertThat(failure(build("/etc/passwd", checkout -> {}))).contains("outside");
  }

  @Test
  void anImageIsTakenByDigestOnly() {
    String digest = "ab".repeat(32);
    BuildOutcome byDigest =
        build(new Service.ArtifactSource.Image("registry.example.com/app@sha256:" + digest));
    BuildOutcome byTag = build(new Service.ArtifactSource.Image("registry.example.com/app:1"));

    assertThat(((BuildOutcome.Built) byDigest).artifact())
        .isEqualTo(new Artifact.OciImage("registry.example.com/app", new Digest(digest)));
    assertThat(byTag).isInstanceOf(BuildOutcome.BuildNotRun.class);
    assertThat(((BuildOutcome.BuildNotRun) byTag).reason()).contains("OCI adapter");
  }
}

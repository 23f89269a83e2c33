package dev.slipway.workspace;

import dev.slipway.change.Artifact;
import dev.slipway.change.CommitId;
import dev.slipway.change.Digest;
import dev.slipway.change.Printable;
import dev.slipway.project.Command;
import dev.slipway.project.Service;
import dev.slipway.workspace.BuildOutcome.BuildFailed;
import dev.slipway.workspace.BuildOutcome.BuildNotRun;
import dev.slipway.workspace.BuildOutcome.Built;
import dev.slipway.workspace.Execution.Ending;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes the artifact of one commit, once: a fresh checkout, the build command in the sandbox, and
 * the file it leaves kept by its digest. What the build leaves is untrusted: only a regular file
 * inside the checkout, reached through no link, is taken.
 */
public final class ArtifactBuilder {
  private static final Pattern BY_DIGEST = Pattern.compile("(.+)@sha256:([0-9a-f]{64})");
  private static final int TAIL_LINES = 12;

  private final Workspace workspace;
  private final ArtifactStore store;

  public ArtifactBuilder(Workspace workspace, ArtifactStore store) {
    this.workspace = workspace;
    this.store = store;
  }

  /**
   * Builds the commit. A file artifact is durable in the store when this returns.
   *
   * @param root the service's directory, relative to the repository's root
   * @param secrets values the command gets in its environment; masked in everything returned
   */
  public BuildOutcome build(
      String repository,
      CommitId commit,
      String root,
      Service.Build build,
      Map<String, String> secrets) {
    return switch (build.artifact()) {
      case Service.ArtifactSource.Image(String reference) -> image(reference);
      case Service.ArtifactSource.Path(String path) -> {
        try (Workspace.Checkout checkout = workspace.checkout(repository, commit)) {
          yield file(checkout, root, build.command(), secrets, path);
        } catch (Workspace.UnsafeTreeException e) {
          yield new BuildNotRun("the commit was not checked out: " + e.getMessage());
        }
      }
    };
  }

  private static BuildOutcome image(String reference) {
    Matcher byDigest = BY_DIGEST.matcher(reference);
    if (!byDigest.matches()) {
      return new BuildNotRun(
          "resolving tags needs the OCI adapter; name the image by digest"
              + " (repository@sha256:…), not: "
              + Printable.of(reference));
    }
    try {
      Artifact image = new Artifact.OciImage(byDigest.group(1), new Digest(byDigest.group(2)));
      return new Built(image, new Execution(new Ending.Exited(0), "", Duration.ZERO));
    } catch (IllegalArgumentException e) {
      return new BuildNotRun(String.valueOf(e.getMessage()));
    }
  }

  private BuildOutcome file(
      Workspace.Checkout checkout,
      String root,
      Optional<Command> command,
      Map<String, String> secrets,
      String path) {
    if (command.isEmpty()) {
      // Nothing has to be done: the file is in the tree.
      return keep(checkout, root, path, new Execution(new Ending.Exited(0), "", Duration.ZERO));
    }
    Execution execution =
        checkout.run(new SandboxedCommand(command.get(), secrets, SandboxedCommand.Limits.DEFAULT));
    return switch (execution.ending()) {
      case Ending.NotStarted(String reason) ->
          new BuildNotRun("the build could not be started: " + reason);
      case Ending.Bounded(String ignored) -> failed("the build " + execution.describe(), execution);
      case Ending.Exited(int code) when code != 0 ->
          failed("the build " + execution.describe(), execution);
      case Ending.Exited(int ignored) -> keep(checkout, root, path, execution);
    };
  }

  private BuildOutcome keep(
      Workspace.Checkout checkout, String root, String path, Execution execution) {
    try {
      Path file = checkout.directory().resolve(root).resolve(path).normalize();
      if (Path.of(path).isAbsolute() || !file.startsWith(checkout.directory().normalize())) {
        return failed(named(path) + " lies outside the repository", execution);
      }
      if (throughLink(checkout.directory().normalize(), file)) {
        return failed(named(path) + " is reached through a symbolic link", execution);
      }
      if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
        return failed("the build left no regular file at " + named(path), execution);
      }
      if (Files.size(file) > SandboxedCommand.Limits.DEFAULT.fileBytesMax()) {
        return failed(
            named(path)
                + " is larger than "
                + SandboxedCommand.Limits.DEFAULT.fileBytesMax()
                + " bytes",
            execution);
      }
      return new Built(store.keep(file), execution);
    } catch (InvalidPathException e) {
      return new BuildNotRun(named(path) + " is not a path");
    } catch (IllegalArgumentException e) {
      return failed(String.valueOf(e.getMessage()), execution);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the artifact " + Printable.of(path), e);
    }
  }

  private static String named(String path) {
    return "the artifact path '" + Printable.of(path) + "'";
  }

  private static boolean throughLink(Path root, Path file) {
    Path at = root;
    for (Path step : root.relativize(file)) {
      at = at.resolve(step);
      if (Files.isSymbolicLink(at)) {
        return true;
      }
    }
    return false;
  }

  private static BuildFailed failed(String message, Execution execution) {
    return new BuildFailed(message, execution.lastLines(TAIL_LINES));
  }
}

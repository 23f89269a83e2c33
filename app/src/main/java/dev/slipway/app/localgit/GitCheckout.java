package dev.slipway.app.localgit;

import dev.slipway.change.CommitId;
import dev.slipway.workspace.Execution;
import dev.slipway.workspace.Sandbox;
import dev.slipway.workspace.SandboxedCommand;
import dev.slipway.workspace.ScratchDirectory;
import dev.slipway.workspace.Workspace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;

/** The files of one commit in a directory that lives as long as this object. */
final class GitCheckout implements Workspace.Checkout {
  private final ScratchDirectory scratch;
  private final Sandbox sandbox;

  private GitCheckout(ScratchDirectory scratch, Sandbox sandbox) {
    this.scratch = scratch;
    this.sandbox = sandbox;
  }

  static GitCheckout make(Repository repository, CommitId commit, Path parent, Sandbox sandbox) {
    try {
      TreeLayout layout = TreeLayout.of(repository, ObjectId.fromString(commit.hex()));
      layout
          .hazard()
          .ifPresent(
              hazard -> {
                throw new Workspace.UnsafeTreeException(hazard);
              });
      ScratchDirectory scratch = ScratchDirectory.in(parent, commit.brief() + "-");
      try {
        layout.write(scratch.path());
        return new GitCheckout(scratch, sandbox);
      } catch (IOException | RuntimeException e) {
        scratch.close();
        throw e;
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot check out commit " + commit, e);
    }
  }

  @Override
  public Path directory() {
    return scratch.path();
  }

  @Override
  public Path seenAs() {
    return sandbox.seenAs(directory());
  }

  @Override
  public Execution run(SandboxedCommand command) {
    return sandbox.run(directory(), command);
  }

  @Override
  public void close() {
    sandbox.end(directory());
    scratch.close();
  }
}

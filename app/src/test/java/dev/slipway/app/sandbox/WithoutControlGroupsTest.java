package dev.slipway.app.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.workspace.Execution;
import dev.slipway.workspace.Execution.Ending;
import dev.slipway.workspace.Sandbox;
import dev.slipway.workspace.SandboxContract;
import dev.slipway.workspace.SandboxedCommand;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Both sandboxes where the kernel's control groups are not ours to use. */
class WithoutControlGroupsTest {
  @Nested
  class Confined extends WithoutControlGroups {
    @Override
    Sandbox with(Watch.Maker watches) {
      Machine.bubblewrap(scratch);
      return new Bubblewrap("bubblewrap", scratch, scratch, watches);
    }
  }

  @Nested
  class NotConfined extends WithoutControlGroups {
    @Override
    Sandbox with(Watch.Maker watches) {
      return new Unconfined(scratch, watches);
    }
  }

  abstract static class WithoutControlGroups extends SandboxContract {
    @TempDir Path scratch;
    private Sandbox sandbox;

    abstract Sandbox with(Watch.Maker watches);

    @Override
    protected Sandbox sandbox() {
      if (sandbox == null) {
        sandbox = with(ProcessTree::new);
      }
      return sandbox;
    }

    /**
     * As root nothing would hold the bomb: there, that no command is started at all is the test.
     */
    @Override
    @Test
    protected void T6_aForkBombIsEnded() {
      try {
        if (OwnUser.isRoot()) {
          Execution execution =
              with(Watch::withoutControlGroups)
                  .run(directory, SandboxedCommand.of(shell("touch started")));
          assertThat(execution.ending())
              .isInstanceOfSatisfying(
                  Ending.NotStarted.class,
                  ending ->
                      assertThat(ending.reason()).contains("run Slipway as an ordinary user"));
          assertThat(directory.resolve("started")).doesNotExist();
        } else {
          super.T6_aForkBombIsEnded();
        }
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }
  }
}

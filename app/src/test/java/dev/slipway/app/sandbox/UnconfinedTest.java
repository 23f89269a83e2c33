package dev.slipway.app.sandbox;

import dev.slipway.workspace.Sandbox;
import dev.slipway.workspace.SandboxContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class UnconfinedTest extends SandboxContract {
  @TempDir Path scratch;
  private Sandbox sandbox;

  @Override
  protected Sandbox sandbox() {
    if (sandbox == null) {
      sandbox = new Unconfined(scratch);
    }
    return sandbox;
  }
}

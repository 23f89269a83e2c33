package dev.slipway.workspace;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class FakeWorkspaceTest extends WorkspaceContract {
  @TempDir Path checkouts;
  private FakeWorkspace workspace;

  @Override
  protected FakeWorkspace workspace() {
    if (workspace == null) {
      workspace = new FakeWorkspace(checkouts, new FakeSandbox());
    }
    return workspace;
  }

  @Override
  protected TestRepository repository() {
    return workspace().repository("fake");
  }
}

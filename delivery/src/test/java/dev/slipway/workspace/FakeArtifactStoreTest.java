package dev.slipway.workspace;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class FakeArtifactStoreTest extends ArtifactStoreContract {
  @TempDir Path directory;

  @Override
  protected ArtifactStore store() {
    return new FakeArtifactStore(directory);
  }
}

package dev.slipway.app.artifacts;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.change.Digest;
import dev.slipway.workspace.ArtifactStore;
import dev.slipway.workspace.ArtifactStoreContract;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileArtifactStoreTest extends ArtifactStoreContract {
  @TempDir Path directory;
  private FileArtifactStore store;

  @Override
  protected ArtifactStore store() {
    if (store == null) {
      store = new FileArtifactStore(directory.resolve("store"));
    }
    return store;
  }

  @Test
  void anotherProcessFindsWhatWasKept() {
    Digest digest = store().keep("a report".getBytes(UTF_8));

    assertThat(new FileArtifactStore(directory.resolve("store")).evidence(digest))
        .isEqualTo("a report".getBytes(UTF_8));
  }

  @Test
  void nothingIsLeftBesideTheContents() throws Exception {
    store().keep("a report".getBytes(UTF_8));
    store().keep("a report".getBytes(UTF_8));

    try (var incoming = Files.list(directory.resolve("store/incoming"))) {
      assertThat(incoming).isEmpty();
    }
  }
}

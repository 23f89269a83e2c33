package dev.slipway.workspace;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.change.Artifact;
import dev.slipway.change.Digest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every {@link ArtifactStore} keeps. */
public abstract class ArtifactStoreContract {
  @TempDir protected Path elsewhere;

  /** The store under test, the same one throughout a test. */
  protected abstract ArtifactStore store();

  private Path file(String name, String content) throws Exception {
    return Files.writeString(elsewhere.resolve(name), content);
  }

  @Test
  void whatWasKeptIsFoundByItsDigest() throws Exception {
    Artifact.File artifact = store().keep(file("app.jar", "content"));

    assertThat(artifact)
        .isEqualTo(new Artifact.File(Digest.of("content".getBytes(UTF_8)), "app.jar"));
    assertThat(Files.readString(store().open(artifact))).isEqualTo("content");
  }

  @Test
  void itIsACopy() throws Exception {
    Path file = file("app.jar", "content");
    Artifact.File artifact = store().keep(file);
    Files.writeString(file, "changed");

    assertThat(Files.readString(store().open(artifact))).isEqualTo("content");
  }

  @Test
  void theSameContentIsKeptOnce() throws Exception {
    Artifact.File first = store().keep(file("a.jar", "content"));
    Artifact.File second = store().keep(file("b.jar", "content"));

    assertThat(store().open(first)).isEqualTo(store().open(second));
  }

  @Test
  void aKeptFileIsReadOnly() throws Exception {
    Path kept = store().open(store().keep(file("app.jar", "content")));

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(kept)))
        .doesNotContain("w");
  }

  @Test
  void E13_alteredContentIsNotOpened() throws Exception {
    Artifact.File artifact = store().keep(file("app.jar", "content"));
    Path kept = store().open(artifact);
    Files.setPosixFilePermissions(kept, PosixFilePermissions.fromString("rw-------"));
    Files.writeString(kept, "altered");

    assertThatThrownBy(() -> store().open(artifact))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(artifact.digest().toString());
    assertThatThrownBy(() -> store().evidence(artifact.digest()))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void keepingAlteredContentAgainMendsIt() throws Exception {
    Artifact.File artifact = store().keep(file("app.jar", "content"));
    Path kept = store().open(artifact);
    Files.setPosixFilePermissions(kept, PosixFilePermissions.fromString("rw-------"));
    Files.writeString(kept, "altered");

    store().keep(file("app.jar", "content"));

    assertThat(Files.readString(store().open(artifact))).isEqualTo("content");
  }

  @Test
  void whatWasNotKeptIsNotOpened() {
    Artifact.File unknown = new Artifact.File(Digest.of(new byte[0]), "app.jar");

    assertThatThrownBy(() -> store().open(unknown)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void evidenceComesBack() {
    Digest digest = store().keep("a report".getBytes(UTF_8));

    assertThat(digest).isEqualTo(Digest.of("a report".getBytes(UTF_8)));
    assertThat(store().evidence(digest)).isEqualTo("a report".getBytes(UTF_8));
  }
}

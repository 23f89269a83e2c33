package dev.slipway.workspace;

import dev.slipway.change.Artifact;
import dev.slipway.change.Digest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Keeps contents as files of one directory, without care for crashes. */
public final class FakeArtifactStore implements ArtifactStore {
  private final Path directory;

  public FakeArtifactStore(Path directory) {
    this.directory = directory;
  }

  @Override
  public Artifact.File keep(Path file) {
    try {
      return new Artifact.File(keep(Files.readAllBytes(file)), String.valueOf(file.getFileName()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Digest keep(byte[] evidence) {
    Digest digest = Digest.of(evidence);
    Path kept = directory.resolve(digest.hex());
    try {
      Files.deleteIfExists(kept);
      Files.write(kept, evidence);
      Files.setPosixFilePermissions(kept, PosixFilePermissions.fromString("r--r--r--"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return digest;
  }

  @Override
  public Path open(Artifact.File artifact) {
    evidence(artifact.digest());
    return directory.resolve(artifact.digest().hex());
  }

  @Override
  public byte[] evidence(Digest digest) {
    Path kept = directory.resolve(digest.hex());
    try {
      if (!Files.exists(kept)) {
        throw new IllegalStateException("the artifact store does not hold " + digest);
      }
      byte[] content = Files.readAllBytes(kept);
      if (!Digest.of(content).equals(digest)) {
        throw new IllegalStateException(kept + " no longer holds " + digest);
      }
      return content;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package dev.slipway.app.cli;

import dev.slipway.change.Digest;
import dev.slipway.evidence.EvidenceStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Where transcripts go of what has no audit log: files of one folder, named by their digest. */
record TranscriptFolder(Path folder) implements EvidenceStore {
  @Override
  public Digest keep(byte[] content) {
    Digest digest = Digest.of(content);
    try {
      Files.write(Files.createDirectories(folder).resolve(digest.hex()), content);
      return digest;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot keep the transcript " + digest, e);
    }
  }

  @Override
  public Optional<byte[]> find(Digest digest) {
    Path file = folder.resolve(digest.hex());
    try {
      return Files.exists(file) ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the transcript " + digest, e);
    }
  }
}

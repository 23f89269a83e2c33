package dev.slipway.workspace;

import dev.slipway.change.Artifact;
import dev.slipway.change.Digest;
import java.nio.file.Path;

/** Keeps artifacts and evidence by content digest. */
public interface ArtifactStore {
  /** Copies the file in; durable when it returns. The same content twice is kept once. */
  Artifact.File keep(Path file);

  /** Keeps evidence (a report, a log, a transcript); durable when it returns. */
  Digest keep(byte[] evidence);

  /**
   * The kept file, read-only.
   *
   * @throws IllegalStateException if there is none, or its content no longer has this digest
   */
  Path open(Artifact.File artifact);

  /**
   * The kept evidence.
   *
   * @throws IllegalStateException if there is none, or its content no longer has this digest
   */
  byte[] evidence(Digest digest);
}

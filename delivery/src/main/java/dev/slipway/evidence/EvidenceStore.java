package dev.slipway.evidence;

import dev.slipway.change.Digest;
import java.util.Optional;

/**
 * Keeps what stands behind a record and is too long for it, under its digest: transcripts,
 * recordings, incident reports. Records name it; it can be erased one day, and then only its digest
 * is left. Safe for many threads.
 */
public interface EvidenceStore {
  /** Keeps the content; durable when this returns. The same content again does nothing. */
  Digest keep(byte[] content);

  /** The content of this digest; empty if it was never kept, or was erased. */
  Optional<byte[]> find(Digest digest);
}

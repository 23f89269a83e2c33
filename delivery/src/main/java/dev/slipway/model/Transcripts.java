package dev.slipway.model;

import dev.slipway.change.Digest;

/** Keeps what was said to a model and what it replied, under its digest. */
public interface Transcripts {
  /** Keeps the content; durable when this returns. The same content again does nothing. */
  Digest keep(byte[] content);
}

package dev.slipway.ledger;

import java.util.List;

/**
 * A checkpoint with its signatures, as published.
 *
 * @param checkpoint what the note says
 * @param note the signed text
 */
public record SignedCheckpoint(Checkpoint checkpoint, SignedNote note) {
  /**
   * Parses the file; nothing is verified.
   *
   * @throws IllegalArgumentException if it is not a checkpoint in canonical form
   */
  public static SignedCheckpoint parse(byte[] bytes) {
    SignedNote note = SignedNote.parse(bytes);
    return new SignedCheckpoint(Checkpoint.parse(note.text()), note);
  }

  static SignedCheckpoint sign(Checkpoint checkpoint, List<LogKey> keys) {
    String text = checkpoint.text();
    List<NoteSignature> signatures = keys.stream().map(key -> key.sign(text)).toList();
    return new SignedCheckpoint(checkpoint, new SignedNote(text, signatures));
  }
}

package dev.slipway.ledger;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * A text and who signed it (C2SP signed-note). Parsing checks the form only: ask {@link #signedBy}
 * before believing the text.
 *
 * @param text ends in a newline
 * @param signatures in their order in the note
 */
public record SignedNote(String text, List<NoteSignature> signatures) {
  /** The largest note that is read. */
  public static final int MAX_BYTES = 1 << 20;

  /** The most signatures that are read. */
  public static final int MAX_SIGNATURES = 100;

  /**
   * @throws IllegalArgumentException if a note cannot have this text or so many signatures
   */
  public SignedNote {
    signatures = List.copyOf(signatures);
    if (!text.endsWith("\n") || text.chars().anyMatch(c -> c < 0x20 && c != '\n')) {
      throw new IllegalArgumentException(
          "the text of a note ends in a newline and has no other control characters");
    }
    if (signatures.isEmpty() || signatures.size() > MAX_SIGNATURES) {
      throw new IllegalArgumentException("a note has 1 to " + MAX_SIGNATURES + " signatures");
    }
  }

  /**
   * Parses a note; no two byte sequences parse to equal notes.
   *
   * @throws IllegalArgumentException if it is malformed or too large
   */
  public static SignedNote parse(byte[] bytes) {
    String note = decode(bytes);
    int split = note.lastIndexOf("\n\n");
    if (split < 0 || !note.endsWith("\n")) {
      throw new IllegalArgumentException(
          "a note is a text, an empty line and lines with signatures, each ending in a newline");
    }
    List<NoteSignature> signatures = new ArrayList<>();
    for (String line : note.substring(split + 2).split("\n")) {
      signatures.add(NoteSignature.parse(line));
    }
    return new SignedNote(note.substring(0, split + 1), signatures);
  }

  private static String decode(byte[] bytes) {
    if (bytes.length > MAX_BYTES) {
      throw new IllegalArgumentException("a note has at most " + MAX_BYTES + " bytes");
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("a note is valid UTF-8", e);
    }
  }

  /** The bytes of the note. */
  public byte[] format() {
    StringBuilder out = new StringBuilder(text).append('\n');
    signatures.forEach(signature -> out.append(signature.line()).append('\n'));
    return out.toString().getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Whether at least one of these keys signed the text, and no signature that claims to be by one
   * of them is wrong.
   */
  public boolean signedBy(Collection<Verifier> verifiers) {
    boolean signed = false;
    for (NoteSignature signature : signatures) {
      for (Verifier verifier : verifiers) {
        if (verifier.claims(signature)) {
          if (!verifier.verifies(text, signature)) {
            return false;
          }
          signed = true;
        }
      }
    }
    return signed;
  }
}

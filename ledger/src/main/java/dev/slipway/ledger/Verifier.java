package dev.slipway.ledger;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;

/**
 * A public key that verifies note signatures, in the form {@code <name>+<key id in
 * hex>+<base64(type || public key)>} (C2SP signed-note).
 *
 * @param name who signs: a log's origin or a witness
 * @param kind what its signatures mean
 * @param key the Ed25519 public key; 32 bytes, as a hash-sized value so that it compares and prints
 */
public record Verifier(String name, Kind kind, Hash key) {
  /** What a signature states. */
  public enum Kind {
    /** A log signs its own checkpoint (signed-note, type 0x01). */
    LOG(0x01),
    /**
     * A witness saw the checkpoint and that it extends what it saw before (tlog-cosignature, type
     * 0x04).
     */
    WITNESS(0x04);

    private final byte type;

    Kind(int type) {
      this.type = (byte) type;
    }
  }

  private static final int MAX_CHARS = 1000;

  /** Checks the name: one that could not stand in a signature line is refused. */
  public Verifier {
    NoteSignature.requireName(name);
  }

  static Verifier ofLog(String name, byte[] key) {
    return new Verifier(name, Kind.LOG, Hash.of(key));
  }

  /**
   * Parses the text form.
   *
   * @throws IllegalArgumentException if it is malformed, not canonical, of another signature type,
   *     or its key id is not that of its name and key
   */
  public static Verifier parse(String text) {
    String[] parts = text.split("\\+", 3);
    if (parts.length != 3 || text.length() > MAX_CHARS) {
      throw new IllegalArgumentException(
          "a verifier reads name+id+key, not '" + Printable.of(text) + "'");
    }
    byte[] typed = Base64.getDecoder().decode(parts[2]);
    if (typed.length != 1 + Ed25519.KEY_BYTES) {
      throw new IllegalArgumentException(
          "the key of verifier '" + Printable.of(parts[0]) + "' is not Ed25519");
    }
    Hash key = Hash.at(typed, 1);
    for (Kind kind : Kind.values()) {
      Verifier verifier = new Verifier(parts[0], kind, key);
      if (verifier.text().equals(text)) {
        return verifier;
      }
    }
    throw new IllegalArgumentException(
        "the id of verifier '" + Printable.of(text) + "' does not match its name and key");
  }

  /** First four bytes of SHA-256(name, newline, type, key), read as a big-endian number. */
  public int id() {
    MessageDigest sha256 = Sha256.create();
    sha256.update((name + "\n").getBytes(StandardCharsets.UTF_8));
    sha256.update(kind.type);
    return ByteBuffer.wrap(sha256.digest(key.bytes())).getInt();
  }

  /** The text form. */
  public String text() {
    byte[] typed = new byte[1 + Ed25519.KEY_BYTES];
    typed[0] = kind.type;
    key.copyTo(typed, 1);
    return name
        + "+"
        + HexFormat.of().toHexDigits(id())
        + "+"
        + Base64.getEncoder().encodeToString(typed);
  }

  /** Whether a signature line claims to be by this key. */
  boolean claims(NoteSignature signature) {
    return signature.keyId() == id() && signature.name().equals(name);
  }

  /** Whether the signature is by this key over the text of a note. */
  public boolean verifies(String text, NoteSignature signature) {
    byte[] bytes = signature.bytes();
    return claims(signature)
        && switch (kind) {
          case LOG ->
              bytes.length == Ed25519.SIGNATURE_BYTES
                  && Ed25519.verifies(key.bytes(), text.getBytes(StandardCharsets.UTF_8), bytes);
          case WITNESS -> Cosignature.verifies(key.bytes(), text, bytes);
        };
  }

  /** Whether the signature of a DSSE envelope is by this key, over a payload of this type. */
  public boolean verifiesStatement(String type, byte[] payload, byte[] signature) {
    return kind == Kind.LOG
        && signature.length == Ed25519.SIGNATURE_BYTES
        && Ed25519.verifies(key.bytes(), Dsse.encoding(type, payload), signature);
  }

  @Override
  public String toString() {
    return text();
  }
}

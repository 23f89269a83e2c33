package dev.slipway.ledger;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/**
 * One signature line of a note: {@code — <name> <base64(key id || signature)>} (C2SP signed-note).
 */
public final class NoteSignature {
  private static final String DASH = "— ";

  private final String name;
  private final int keyId;
  private final byte[] bytes;

  /**
   * @throws IllegalArgumentException if the name could not stand in a signature line
   */
  public NoteSignature(String name, int keyId, byte[] bytes) {
    this.name = requireName(name);
    this.keyId = keyId;
    this.bytes = bytes.clone();
  }

  static NoteSignature parse(String line) {
    int space = line.lastIndexOf(' ');
    if (!line.startsWith(DASH) || space < DASH.length()) {
      throw new IllegalArgumentException("'" + Printable.of(line) + "' is not a signature line");
    }
    byte[] blob =
        Base64.getDecoder().decode(line.substring(space + 1).getBytes(StandardCharsets.UTF_8));
    if (blob.length <= Integer.BYTES) {
      throw new IllegalArgumentException(
          "the signature in '" + Printable.of(line) + "' is too short");
    }
    NoteSignature parsed =
        new NoteSignature(
            line.substring(DASH.length(), space),
            ByteBuffer.wrap(blob).getInt(),
            Arrays.copyOfRange(blob, Integer.BYTES, blob.length));
    // The decoder forgives stray bits; two texts for one signature would let a flipped bit pass.
    if (!parsed.line().equals(line)) {
      throw new IllegalArgumentException(
          "the Base64 in '" + Printable.of(line) + "' is not canonical");
    }
    return parsed;
  }

  static String requireName(String name) {
    boolean ok =
        !name.isEmpty()
            && name.codePoints()
                .noneMatch(
                    c ->
                        c == '+'
                            || c < 0x20
                            || Character.isWhitespace(c)
                            || Character.isSpaceChar(c)
                            || c == 0x85
                            || Character.getType(c) == Character.SURROGATE);
    if (!ok) {
      throw new IllegalArgumentException(
          "'"
              + Printable.of(name)
              + "' cannot name a key: it is empty or has spaces, plus signs or control characters");
    }
    return name;
  }

  /** Who signed, as claimed. */
  public String name() {
    return name;
  }

  /** Which of that name's keys, as claimed. */
  public int keyId() {
    return keyId;
  }

  /** The signature after the key id; a copy. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /** The line without its newline. */
  String line() {
    byte[] blob =
        ByteBuffer.allocate(Integer.BYTES + bytes.length).putInt(keyId).put(bytes).array();
    return DASH + name + " " + Base64.getEncoder().encodeToString(blob);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof NoteSignature that && line().equals(that.line());
  }

  @Override
  public int hashCode() {
    return line().hashCode();
  }

  @Override
  public String toString() {
    return line();
  }
}

package dev.slipway.ledger;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/**
 * A SHA-256 value of 32 bytes: a leaf hash, a tree root, or the name of a blob.
 *
 * <p>The two text forms are canonical: exactly one string parses to a given hash.
 */
public final class Hash {
  /** Length in bytes. */
  public static final int BYTES = 32;

  private final byte[] bytes;

  private Hash(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * Takes a copy of 32 bytes.
   *
   * @throws IllegalArgumentException if there are not 32 of them
   */
  public static Hash of(byte[] bytes) {
    if (bytes.length != BYTES) {
      throw new IllegalArgumentException("a hash has 32 bytes, not " + bytes.length);
    }
    return new Hash(bytes.clone());
  }

  /** SHA-256 of the bytes as they are: names a blob. */
  public static Hash sha256(byte[] content) {
    return new Hash(Sha256.create().digest(content));
  }

  /** The leaf hash of a log entry, {@code SHA-256(0x00 || entry)} (RFC 6962, section 2.1). */
  public static Hash leaf(byte[] entry) {
    byte[] out = new byte[BYTES];
    new TreeHasher().leaf(entry, 0, entry.length, out, 0);
    return new Hash(out);
  }

  /** The root of a tree without leaves, SHA-256 of the empty string (RFC 6962, section 2.1). */
  public static Hash emptyRoot() {
    return sha256(new byte[0]);
  }

  static Hash at(byte[] source, int offset) {
    return new Hash(Arrays.copyOfRange(source, offset, offset + BYTES));
  }

  static Hash node(Hash left, Hash right) {
    byte[] out = new byte[BYTES];
    new TreeHasher().node(left.bytes, 0, right.bytes, 0, out, 0);
    return new Hash(out);
  }

  /**
   * Parses 64 lower-case hexadecimal digits.
   *
   * @throws IllegalArgumentException on any other text
   */
  public static Hash ofHex(String hex) {
    Hash hash = of(HexFormat.of().parseHex(hex));
    if (!hash.hex().equals(hex)) {
      throw new IllegalArgumentException("hexadecimal digits of a hash are lower case");
    }
    return hash;
  }

  /**
   * Parses standard Base64 (RFC 4648, section 4), in its only canonical form.
   *
   * @throws IllegalArgumentException on any other text
   */
  public static Hash ofBase64(String base64) {
    Hash hash = of(Base64.getDecoder().decode(base64.getBytes(StandardCharsets.ISO_8859_1)));
    if (!hash.base64().equals(base64)) {
      throw new IllegalArgumentException("the Base64 of a hash is not canonical");
    }
    return hash;
  }

  /** A copy of the 32 bytes. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /** 64 lower-case hexadecimal digits. */
  public String hex() {
    return HexFormat.of().formatHex(bytes);
  }

  /** Standard Base64 with padding, as checkpoints write it. */
  public String base64() {
    return Base64.getEncoder().encodeToString(bytes);
  }

  void copyTo(byte[] target, int offset) {
    System.arraycopy(bytes, 0, target, offset, BYTES);
  }

  int prefix() {
    return bytes[0] << 24 | (bytes[1] & 0xff) << 16 | (bytes[2] & 0xff) << 8 | (bytes[3] & 0xff);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Hash that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return prefix();
  }

  @Override
  public String toString() {
    return hex();
  }
}

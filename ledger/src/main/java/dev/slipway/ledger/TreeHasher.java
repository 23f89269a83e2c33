package dev.slipway.ledger;

import java.security.DigestException;
import java.security.MessageDigest;

/**
 * The two hash functions of RFC 6962, section 2.1, over plain arrays: {@code SHA-256(0x00 ||
 * entry)} for a leaf and {@code SHA-256(0x01 || left || right)} for a node. Not for use by several
 * threads.
 */
final class TreeHasher {
  private static final byte LEAF = 0;
  private static final byte NODE = 1;

  private final MessageDigest sha256 = Sha256.create();

  void leaf(byte[] entry, int offset, int length, byte[] out, int outOffset) {
    sha256.update(LEAF);
    sha256.update(entry, offset, length);
    digest(out, outOffset);
  }

  void node(byte[] left, int leftOffset, byte[] right, int rightOffset, byte[] out, int outOffset) {
    sha256.update(NODE);
    sha256.update(left, leftOffset, Hash.BYTES);
    sha256.update(right, rightOffset, Hash.BYTES);
    digest(out, outOffset);
  }

  /**
   * The root over {@code count} hashes that lie side by side; {@code count} is a power of two. The
   * source is left as it was.
   */
  void root(byte[] hashes, int offset, int count, byte[] out, int outOffset) {
    byte[] work = new byte[count * Hash.BYTES];
    System.arraycopy(hashes, offset, work, 0, work.length);
    for (int width = count; width > 1; width /= 2) {
      for (int i = 0; i < width / 2; i++) {
        int left = 2 * i * Hash.BYTES;
        node(work, left, work, left + Hash.BYTES, work, i * Hash.BYTES);
      }
    }
    System.arraycopy(work, 0, out, outOffset, Hash.BYTES);
  }

  private void digest(byte[] out, int outOffset) {
    try {
      sha256.digest(out, outOffset, Hash.BYTES);
    } catch (DigestException e) {
      throw new IllegalStateException("no room for a digest", e);
    }
  }
}

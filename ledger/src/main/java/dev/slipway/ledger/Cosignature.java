package dev.slipway.ledger;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The Ed25519 statement of a witness (C2SP tlog-cosignature): eight bytes of time in seconds since
 * 1970, then the signature over a header, the time and the checkpoint's text.
 */
final class Cosignature {
  private static final int BYTES = Long.BYTES + Ed25519.SIGNATURE_BYTES;

  private Cosignature() {}

  static boolean verifies(byte[] publicKey, String text, byte[] bytes) {
    if (bytes.length != BYTES) {
      return false;
    }
    long seconds = ByteBuffer.wrap(bytes).getLong();
    byte[] signature = Arrays.copyOfRange(bytes, Long.BYTES, BYTES);
    return seconds >= 0 && Ed25519.verifies(publicKey, message(seconds, text), signature);
  }

  static byte[] message(long seconds, String text) {
    return ("cosignature/v1\ntime " + seconds + "\n" + text).getBytes(StandardCharsets.UTF_8);
  }
}

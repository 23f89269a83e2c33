package dev.slipway.ledger;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The pre-authentication encoding of DSSE v1 (Dead Simple Signing Envelope, protocol.md). */
final class Dsse {
  private Dsse() {}

  /** {@code DSSEv1 <length of type> <type> <length of payload> <payload>}. */
  static byte[] encoding(String type, byte[] payload) {
    int typeBytes = type.getBytes(StandardCharsets.UTF_8).length;
    byte[] head =
        ("DSSEv1 " + typeBytes + " " + type + " " + payload.length + " ")
            .getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(head.length + payload.length).put(head).put(payload).array();
  }
}

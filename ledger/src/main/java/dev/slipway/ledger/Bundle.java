package dev.slipway.ledger;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** An entry bundle: up to 256 entries, each after its length as a big-endian uint16. */
final class Bundle {
  private Bundle() {}

  static byte[] format(List<byte[]> entries) {
    int length = entries.stream().mapToInt(entry -> 2 + entry.length).sum();
    ByteBuffer out = ByteBuffer.allocate(length);
    for (byte[] entry : entries) {
      out.putShort((short) entry.length).put(entry);
    }
    return out.array();
  }

  /**
   * Reads the first {@code count} entries; those after them are looked at for form only.
   *
   * @throws IllegalArgumentException if the bytes are not whole entries or too few
   */
  static List<byte[]> parse(byte[] bytes, int count) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    List<byte[]> entries = new ArrayList<>(count);
    while (in.hasRemaining()) {
      if (in.remaining() < 2) {
        throw new IllegalArgumentException("the bundle ends inside a length");
      }
      int length = Short.toUnsignedInt(in.getShort());
      if (length > in.remaining()) {
        throw new IllegalArgumentException("the bundle ends inside an entry");
      }
      byte[] entry = new byte[length];
      in.get(entry);
      entries.add(entry);
    }
    if (entries.size() < count) {
      throw new IllegalArgumentException(
          "the bundle has %d entries instead of %d".formatted(entries.size(), count));
    }
    return entries.subList(0, count);
  }
}

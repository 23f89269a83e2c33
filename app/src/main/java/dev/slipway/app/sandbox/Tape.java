package dev.slipway.app.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The beginning and the end of a stream of bytes, in bounded memory. What is lost in the middle is
 * noted with its size.
 */
final class Tape {
  private static final int BLOCK_BYTES = 64 << 10;

  private final int halfMax;
  private final ByteArrayOutputStream head = new ByteArrayOutputStream();
  private final Deque<ByteArrayOutputStream> tail = new ArrayDeque<>();
  private long tailKept;
  private long dropped;

  Tape(long bytesMax) {
    this.halfMax = Math.clamp(bytesMax / 2, 1, 1 << 29);
  }

  synchronized void write(byte[] bytes, int length) {
    int toHead = Math.min(length, halfMax - head.size());
    head.write(bytes, 0, toHead);
    if (toHead == length) {
      return;
    }
    ByteArrayOutputStream block = tail.peekLast();
    if (block == null || block.size() >= BLOCK_BYTES) {
      block = new ByteArrayOutputStream();
      tail.addLast(block);
    }
    block.write(bytes, toHead, length - toHead);
    tailKept += length - toHead;
    while (tailKept - tail.getFirst().size() >= halfMax) {
      int oldest = tail.removeFirst().size();
      tailKept -= oldest;
      dropped += oldest;
    }
  }

  /**
   * All that is kept, masked. Where the middle is cut, as many bytes beside the cut are dropped as
   * a secret may be long, so that no half of one is left standing.
   */
  synchronized String text(Mask mask) {
    ByteArrayOutputStream end = new ByteArrayOutputStream();
    tail.forEach(block -> end.writeBytes(block.toByteArray()));
    if (dropped == 0 && tailKept <= halfMax) {
      head.writeBytes(end.toByteArray());
      return mask.apply(head.toString(UTF_8));
    }
    byte[] first = head.toByteArray();
    byte[] last = end.toByteArray();
    int keptFirst = Math.max(0, first.length - mask.bytesMax());
    int keptLast = Math.max(0, Math.min(halfMax, last.length) - mask.bytesMax());
    long lost = dropped + (first.length - keptFirst) + (last.length - keptLast);
    return mask.apply(new String(first, 0, keptFirst, UTF_8))
        + "\n… "
        + lost
        + " bytes of output left out …\n"
        + mask.apply(new String(last, last.length - keptLast, keptLast, UTF_8));
  }
}

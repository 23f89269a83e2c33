package dev.slipway.app.localgit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/**
 * Goes through the lines of a patch. A line ends at a newline, never at a carriage return alone.
 */
final class PatchLines {
  private final byte[] bytes;
  private int start;
  private int end;
  private int number = 1;

  PatchLines(byte[] bytes) {
    this.bytes = bytes;
    this.end = endOf(0);
  }

  private int endOf(int from) {
    int at = from;
    while (at < bytes.length && bytes[at] != '\n') {
      at++;
    }
    return at;
  }

  /** Whether all lines were gone through. */
  boolean atEnd() {
    return start >= bytes.length;
  }

  /** To the next line. */
  void advance() {
    start = Math.min(end + 1, bytes.length);
    end = endOf(start);
    number++;
  }

  /** The number of this line, from 1. */
  int number() {
    return number;
  }

  /** The first byte of the line; a newline if it is empty, a carriage return before it or not. */
  int first() {
    return start == end || (end == start + 1 && bytes[start] == '\r') ? '\n' : bytes[start];
  }

  boolean startsWith(String ascii) {
    return startsWith(start, ascii);
  }

  /** Whether the line after this one starts so. */
  boolean nextStartsWith(String ascii) {
    return startsWith(end + 1, ascii);
  }

  private boolean startsWith(int from, String ascii) {
    if (from + ascii.length() > bytes.length) {
      return false;
    }
    for (int i = 0; i < ascii.length(); i++) {
      if (bytes[from + i] != ascii.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** The line from this offset on as one character per byte, without its terminator. */
  String raw(int offset) {
    int stop = end > start && bytes[end - 1] == '\r' ? end - 1 : end;
    int from = Math.min(start + offset, stop);
    return new String(bytes, from, stop - from, ISO_8859_1);
  }

  /** The line after its first character as text. */
  String text() {
    return LineDiff.text(bytes, Math.min(start + 1, end), end);
  }

  /** The length of the line in bytes. */
  int length() {
    return end - start;
  }
}

package dev.slipway.ledger;

import java.math.BigInteger;
import java.util.List;

/**
 * What a log states about itself (C2SP tlog-checkpoint): it has this many entries and this root.
 *
 * @param origin names the log
 * @param size number of entries
 * @param root RFC 6962 tree hash over all of them
 * @param extensions further lines, opaque; Slipway writes none
 */
public record Checkpoint(String origin, long size, Hash root, List<String> extensions) {
  /**
   * @throws IllegalArgumentException if the parts cannot stand in a checkpoint
   */
  public Checkpoint {
    extensions = List.copyOf(extensions);
    if (size < 0) {
      throw new IllegalArgumentException("a checkpoint's size is not negative");
    }
    requireLine(origin);
    extensions.forEach(Checkpoint::requireLine);
  }

  Checkpoint(String origin, long size, Hash root) {
    this(origin, size, root, List.of());
  }

  /**
   * Parses the text of a note.
   *
   * @throws IllegalArgumentException if it is not a checkpoint in canonical form
   */
  public static Checkpoint parse(String text) {
    String[] lines = text.split("\n", -1);
    if (lines.length < 4 || !lines[lines.length - 1].isEmpty()) {
      throw new IllegalArgumentException(
          "a checkpoint has the lines origin, size and root, each ending in a newline");
    }
    if (!lines[1].matches("0|[1-9][0-9]{0,18}") || new BigInteger(lines[1]).bitLength() > 63) {
      throw new IllegalArgumentException(
          "'" + Printable.of(lines[1]) + "' is not the size of a log");
    }
    return new Checkpoint(
        lines[0],
        Long.parseLong(lines[1]),
        Hash.ofBase64(lines[2]),
        List.of(lines).subList(3, lines.length - 1));
  }

  /** The text to be signed. */
  public String text() {
    StringBuilder out = new StringBuilder();
    out.append(origin).append('\n').append(size).append('\n').append(root.base64()).append('\n');
    extensions.forEach(line -> out.append(line).append('\n'));
    return out.toString();
  }

  private static void requireLine(String line) {
    if (line.isEmpty() || line.chars().anyMatch(c -> c < 0x20)) {
      throw new IllegalArgumentException(
          "'"
              + Printable.of(line)
              + "' is no line of a checkpoint: empty, or has control characters");
    }
  }
}

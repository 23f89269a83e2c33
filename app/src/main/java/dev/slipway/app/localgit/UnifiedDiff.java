package dev.slipway.app.localgit;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.change.Diff;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Reads patch files: the output of {@code git diff}, {@code git show}, {@code git log -p}, {@code
 * git format-patch} (one commit or many) and {@code diff -u}. Takes time and memory in proportion
 * to the input, whatever it holds, and never throws for what it holds: what cannot be read whole is
 * said in the diff's completeness.
 *
 * <p>A patch that was cut between two files or hunks cannot be told from a shorter one, unless it
 * has the totals that {@code format-patch} writes.
 */
public final class UnifiedDiff {
  private static final int INPUT_BYTES_MAX = 64 << 20;

  private UnifiedDiff() {}

  /** What came of reading. */
  public sealed interface Outcome {
    /**
     * At least one changed file was found.
     *
     * @param diff the changes in the order of the input; a file that several commits change is in
     *     it once for each
     * @param messages the commits' authors and messages, where the input has them
     */
    record Read(Diff diff, List<Message> messages) implements Outcome {
      public Read {
        messages = List.copyOf(messages);
      }
    }

    /** There is no change in it that could be read; the reason says why and what to do. */
    record Unreadable(String reason) implements Outcome {}
  }

  /**
   * What a commit says of itself: untrusted.
   *
   * @param author name and address as written; empty if there is none
   */
  public record Message(String author, String subject, String body) {}

  /**
   * Reads a file, no further than a bound.
   *
   * @throws IOException if the file cannot be read
   */
  public static Outcome read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return parse(in.readNBytes(INPUT_BYTES_MAX + 1));
    }
  }

  /** Reads the content of a patch file. */
  public static Outcome parse(byte[] input) {
    boolean tooLarge = input.length > INPUT_BYTES_MAX;
    byte[] bytes = utf8(tooLarge ? Arrays.copyOf(input, INPUT_BYTES_MAX) : input);
    PatchReader reader = new PatchReader(bytes);
    if (tooLarge) {
      reader.omit("the input is larger than " + INPUT_BYTES_MAX + " bytes");
    }
    return reader.read();
  }

  /** Without a byte order mark; UTF-16, as some shells write it, converted. */
  private static byte[] utf8(byte[] bytes) {
    if (startsWith(bytes, 0xef, 0xbb, 0xbf)) {
      return Arrays.copyOfRange(bytes, 3, bytes.length);
    }
    if (startsWith(bytes, 0xff, 0xfe)) {
      return converted(bytes, UTF_16LE);
    }
    return startsWith(bytes, 0xfe, 0xff) ? converted(bytes, UTF_16BE) : bytes;
  }

  private static byte[] converted(byte[] bytes, Charset from) {
    return new String(bytes, 2, bytes.length - 2, from).getBytes(UTF_8);
  }

  private static boolean startsWith(byte[] bytes, int... mark) {
    for (int i = 0; i < mark.length; i++) {
      if (i >= bytes.length || (bytes[i] & 0xff) != mark[i]) {
        return false;
      }
    }
    return true;
  }
}

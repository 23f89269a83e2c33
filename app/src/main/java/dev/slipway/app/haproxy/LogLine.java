package dev.slipway.app.haproxy;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A request as HAProxy logs it with {@link #FORMAT}.
 *
 * @param accepted when HAProxy began to wait for it
 * @param ended when its last byte was sent
 * @param activeMillis from its first byte to the answer's last
 * @param status the answer's; -1 if there was none
 * @param termination HAProxy's state at disconnection (configuration manual, section 8.5)
 */
record LogLine(
    Instant accepted,
    Instant ended,
    int activeMillis,
    String backend,
    String server,
    int status,
    String termination) {
  /** The {@code log-format} to configure. */
  static final String FORMAT = "slipway %Ts.%ms %Tt %Ta %b %s %ST %tsc";

  private static final String MARK = "slipway";
  private static final int FIELDS = 8;

  /** The request a line tells of; empty if the line is of another format. */
  static Optional<LogLine> parse(String line) {
    String[] words = line.strip().split(" +");
    if (words.length != FIELDS || !words[0].equals(MARK)) {
      return Optional.empty();
    }
    try {
      Instant accepted = time(words[1]);
      return Optional.of(
          new LogLine(
              accepted,
              accepted.plusMillis(Math.max(0, Long.parseLong(words[2]))),
              Math.max(0, Integer.parseInt(words[3])),
              words[4],
              words[5],
              Integer.parseInt(words[6]),
              words[7]));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static Instant time(String text) {
    int dot = text.indexOf('.');
    return Instant.ofEpochSecond(Long.parseLong(text.substring(0, dot)))
        .plus(Duration.ofMillis(Long.parseLong(text.substring(dot + 1))));
  }

  /** Whether the server is to blame: it failed, broke off or timed out. */
  boolean isError() {
    char cause = termination.isEmpty() ? '-' : termination.charAt(0);
    return switch (cause) {
      case 'C', 'c', 'P', 'R', 'L', 'I' -> status >= 500;
      case 'S', 's' -> true;
      default -> status >= 500 || status < 0;
    };
  }
}

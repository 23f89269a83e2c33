package dev.slipway.app.demo;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How all five ended, beside how they had to. */
final class Summary {
  private static final int REASON_CHARS_MAX = 100;

  private Summary() {}

  /** A line for each change; reasons stand below, cut to a line. */
  static List<String> table(List<Track> tracks, Instant now) {
    List<String> lines = new ArrayList<>();
    lines.add(String.format("  %-21s %-19s %-19s %8s", "change", "expected", "state", "time"));
    for (Track track : tracks) {
      lines.add(
          String.format(
              Locale.ROOT,
              "%s %s %-19s %-19s %-19s %6.1f s",
              track.asExpected() ? " " : "!",
              track.change().letter(),
              track.change().branch(),
              track.change().expected(),
              track.state(),
              track.time(now).toMillis() / 1000.0));
      String reason = track.reason();
      lines.add("      " + (reason.isEmpty() ? track.change().story() : cut(reason)));
    }
    return lines;
  }

  /** What did not end as expected, a sentence each. */
  static List<String> differences(List<Track> tracks) {
    return tracks.stream()
        .filter(track -> !track.asExpected())
        .map(
            track ->
                "("
                    + track.change().letter()
                    + ") "
                    + track.change().branch()
                    + " is "
                    + track.state()
                    + ", not "
                    + track.change().expected()
                    + (track.reason().isEmpty() ? "" : ": " + track.reason()))
        .toList();
  }

  private static String cut(String text) {
    return text.length() <= REASON_CHARS_MAX ? text : text.substring(0, REASON_CHARS_MAX - 1) + "…";
  }
}

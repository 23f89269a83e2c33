package dev.slipway.app.detectors.hidden;

import java.util.stream.Stream;

/** Words: runs of letters and digits. */
final class Words {
  private Words() {}

  static Stream<String> in(String text) {
    Stream.Builder<String> words = Stream.builder();
    int start = 0;
    for (int i = 0; i <= text.length(); ) {
      int point = i < text.length() ? text.codePointAt(i) : -1;
      if (point < 0 || !Character.isLetterOrDigit(point)) {
        if (i > start) {
          words.add(text.substring(start, i));
        }
        start = i + (point < 0 ? 1 : Character.charCount(point));
      }
      i += point < 0 ? 1 : Character.charCount(point);
    }
    return words.build();
  }
}

package dev.slipway.app.detectors.secrets;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Stretches of base 64 that hold readable text. */
final class Encoded {
  private static final int MIN = 20;
  private static final int MAX = 20_000;

  /** Text that stood encoded from {@code start} to {@code end} (exclusive). */
  record Layer(int start, int end, String text) {}

  private Encoded() {}

  static List<Layer> in(String text) {
    List<Layer> layers = new ArrayList<>();
    int at = 0;
    while (at < text.length()) {
      int end = at;
      while (end < text.length() && isBase64(text.charAt(end))) {
        end++;
      }
      if (end - at >= MIN && end - at <= MAX) {
        int start = at;
        int stop = end;
        decode(text.substring(at, end)).ifPresent(l -> layers.add(new Layer(start, stop, l)));
      }
      at = end + 1;
    }
    return layers;
  }

  /** The readable text that this is the base 64 of, if it is. */
  static Optional<String> decode(String base64) {
    String plain = base64.replace('-', '+').replace('_', '/');
    int padding = plain.indexOf('=');
    if (padding >= 0 && plain.length() - padding > 2) {
      return Optional.empty();
    }
    try {
      String text = new String(Base64.getDecoder().decode(plain), StandardCharsets.ISO_8859_1);
      boolean readable =
          text.chars().allMatch(c -> (c >= 32 && c < 127) || c == '\n' || c == '\r' || c == '\t');
      return readable && !text.isEmpty() ? Optional.of(text) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static boolean isBase64(char c) {
    return PrivateKeys.isBase64(c) || c == '-' || c == '_';
  }
}

package dev.slipway.app.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * Replaces secrets by {@code ***}: as they are, line by line, and in the forms in which programs
 * print them: base64 (at any offset, so inside {@code user:password} too), URL, hex and JSON.
 */
final class Mask {
  private static final String STARS = "***";

  /** Encoded forms and single lines of shorter values would mask ordinary words. */
  private static final int DERIVED_CHARS_MIN = 6;

  private final List<String> forms;

  /**
   * @param secrets the values; empty ones are nothing to hide
   */
  Mask(Collection<String> secrets) {
    Set<String> found = new TreeSet<>();
    for (String secret : secrets) {
      collect(secret, found);
    }
    found.remove("");
    this.forms = found.stream().sorted(Comparator.comparingInt(String::length).reversed()).toList();
  }

  private static void collect(String secret, Set<String> forms) {
    forms.add(secret);
    forms.add(secret.strip());
    if (secret.strip().length() < DERIVED_CHARS_MIN) {
      return;
    }
    secret.lines().filter(line -> line.length() >= DERIVED_CHARS_MIN).forEach(forms::add);
    for (String value : List.of(secret, secret.strip())) {
      byte[] bytes = value.getBytes(UTF_8);
      String hex = HexFormat.of().formatHex(bytes);
      forms.add(hex);
      forms.add(hex.toUpperCase(Locale.ROOT));
      String url = URLEncoder.encode(value, UTF_8);
      forms.add(url);
      forms.add(url.replace("+", "%20"));
      forms.add(lowerEscapes(url));
      forms.add(lowerEscapes(url.replace("+", "%20")));
      forms.add(json(value));
      for (int offset = 0; offset < 3; offset++) {
        forms.add(base64(Base64.getEncoder(), bytes, offset));
        forms.add(base64(Base64.getUrlEncoder(), bytes, offset));
      }
    }
  }

  /**
   * The characters of the base64 form that depend on the secret alone when {@code offset} other
   * bytes come before it and any come after.
   */
  private static String base64(Base64.Encoder encoder, byte[] secret, int offset) {
    byte[] shifted = new byte[offset + secret.length];
    System.arraycopy(secret, 0, shifted, offset, secret.length);
    String encoded = encoder.withoutPadding().encodeToString(shifted);
    int from = offset == 0 ? 0 : offset + 1;
    int to = shifted.length / 3 * 4 + List.of(0, 1, 2).get(shifted.length % 3);
    return from + DERIVED_CHARS_MIN <= to ? encoded.substring(from, to) : "";
  }

  private static String lowerEscapes(String url) {
    StringBuilder out = new StringBuilder(url);
    for (int i = 0; i + 2 < out.length(); i++) {
      if (out.charAt(i) == '%') {
        out.replace(i, i + 3, out.substring(i, i + 3).toLowerCase(Locale.ROOT));
      }
    }
    return out.toString();
  }

  private static String json(String value) {
    return value
        .replace("\\", "\\\\")
        .replace("\"", "\\\"")
        .replace("\n", "\\n")
        .replace("\r", "\\r")
        .replace("\t", "\\t");
  }

  String apply(String text) {
    String masked = text;
    for (String form : forms) {
      masked = masked.replace(form, STARS);
    }
    return masked;
  }

  /** The longest masked form in bytes. */
  int bytesMax() {
    return forms.stream().mapToInt(form -> form.getBytes(UTF_8).length).max().orElse(0);
  }
}

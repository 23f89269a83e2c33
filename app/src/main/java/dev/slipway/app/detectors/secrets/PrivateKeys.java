package dev.slipway.app.detectors.secrets;

import dev.slipway.app.detectors.secrets.Sighting.Proof;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Private keys in PEM armour, over many lines or with their newlines escaped in one string. The
 * armour alone, as code that parses keys has it, is none.
 */
final class PrivateKeys {
  private static final String BEGIN = "-----BEGIN ";
  private static final String KIND_END = "PRIVATE KEY";
  private static final int HEADER_MAX = 60;
  private static final int BODY_MAX = 20_000;
  private static final int BODY_MIN = 60;
  private static final String PUTTY = "PuTTY-User-Key-File-";

  private static final Pattern WEB_KEY =
      Pattern.compile("\\{[^{}]{0,6000}\"kty\"\\s*+:[^{}]{0,6000}\\}");
  private static final Pattern WEB_SECRET =
      Pattern.compile("\"[dk]\"\\s*+:\\s*+\"([\\w-]{22,1400}+)\"");

  private PrivateKeys() {}

  static void find(String text, List<Sighting> out) {
    webKeys(text, out);
    for (int at = text.indexOf(BEGIN); at >= 0; at = text.indexOf(BEGIN, at + 1)) {
      keyAt(text, at).ifPresent(out::add);
    }
    for (int at = text.indexOf(PUTTY); at >= 0; at = text.indexOf(PUTTY, at + 1)) {
      int lines = text.indexOf("Private-Lines:", at);
      if (lines > 0 && lines - at < BODY_MAX) {
        String body = body(text, text.indexOf('\n', lines) + 1);
        if (body.length() >= BODY_MIN) {
          out.add(sighting("PuTTY private key", at, at + PUTTY.length(), body));
        }
      }
    }
  }

  /** A JSON web key that holds the private exponent, or the key itself where there is one only. */
  private static void webKeys(String text, List<Sighting> out) {
    if (!text.contains("\"kty\"")) {
      return;
    }
    Matcher key = WEB_KEY.matcher(text);
    while (key.find()) {
      Matcher secret = WEB_SECRET.matcher(key.group());
      if (secret.find() && !Fakes.isTyped(secret.group(1))) {
        int start = key.start() + secret.start(1);
        out.add(
            new Sighting(
                "private-key",
                "private JSON web key",
                Proof.CONTEXT,
                start,
                key.start() + secret.end(1),
                secret.group(1)));
      }
    }
  }

  private static Optional<Sighting> keyAt(String text, int at) {
    int kind = at + BEGIN.length();
    String header = text.substring(kind, Math.min(text.length(), kind + HEADER_MAX));
    int dashes = header.indexOf("-----");
    if (dashes < 0 || !header.substring(0, dashes).contains(KIND_END)) {
      return Optional.empty();
    }
    int start = kind + dashes + 5;
    String body = body(text, start);
    if (body.length() < BODY_MIN
        || Fakes.isTyped(body)
        || Randomness.bitsPerCharacter(body.substring(0, BODY_MIN)) < 4) {
      return Optional.empty();
    }
    return Optional.of(sighting(label(header), at, start, body));
  }

  private static Sighting sighting(String label, int start, int end, String body) {
    return new Sighting("private-key", label, Proof.CONTEXT, start, end, body);
  }

  private static String label(String header) {
    String kind = header.startsWith("PGP") ? "PGP " : header.startsWith("OPENSSH") ? "SSH " : "";
    return kind + (header.startsWith("ENCRYPTED") ? "encrypted private key" : "private key");
  }

  /** The base 64 that follows, through line ends, quotes, escapes and concatenation. */
  private static String body(String text, int start) {
    StringBuilder body = new StringBuilder();
    int end = Math.min(text.length(), start + BODY_MAX);
    int at = start;
    while (at < end) {
      char c = text.charAt(at);
      if (c == '\\' && at + 1 < end) {
        at += 2;
      } else if (text.startsWith("--", at) || c == '.' || c == '<' || c == '{' || c == '$') {
        break;
      } else if (c == ':') {
        // An armour header such as Proc-Type or Version: what was taken for data is its name.
        body.setLength(Math.max(0, body.length() - wordBefore(text, at)));
        int line = text.indexOf('\n', at);
        at = line < 0 ? end : line + 1;
      } else {
        if (isBase64(c)) {
          body.append(c);
        }
        at++;
      }
    }
    return body.toString();
  }

  private static int wordBefore(String text, int at) {
    int length = 0;
    while (at - length - 1 >= 0 && isBase64(text.charAt(at - length - 1))) {
      length++;
    }
    return length;
  }

  static boolean isBase64(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '+'
        || c == '/'
        || c == '=';
  }
}

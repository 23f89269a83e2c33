package dev.slipway.app.localgit;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Encoded words of mail headers (RFC 2047), as {@code format-patch} writes them. */
final class MailWords {
  private static final Pattern WORD =
      Pattern.compile("=\\?([A-Za-z0-9._-]{1,40})\\?([QqBb])\\?([!->@-~]{0,200})\\?=");
  private static final Pattern BETWEEN = Pattern.compile("\\?=\\s+=\\?");

  private MailWords() {}

  /** The text with its encoded words decoded; those that are not well-formed stay as they are. */
  static String decode(String text) {
    String joined = BETWEEN.matcher(text).replaceAll("?==?");
    return WORD.matcher(joined).replaceAll(word -> Matcher.quoteReplacement(decode(word)));
  }

  private static String decode(java.util.regex.MatchResult word) {
    try {
      byte[] bytes =
          word.group(2).equalsIgnoreCase("B")
              ? Base64.getDecoder().decode(word.group(3))
              : quotedPrintable(word.group(3));
      return new String(bytes, Charset.forName(word.group(1)));
    } catch (IllegalArgumentException e) {
      return word.group();
    }
  }

  private static byte[] quotedPrintable(String text) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] bytes = text.getBytes(US_ASCII);
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '=' && i + 2 < bytes.length) {
        out.write(Integer.parseInt(text.substring(i + 1, i + 3), 16));
        i += 2;
      } else {
        out.write(bytes[i] == '_' ? ' ' : bytes[i]);
      }
    }
    return out.toByteArray();
  }
}

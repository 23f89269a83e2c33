package dev.slipway.app.detectors.secrets;

import dev.slipway.app.detectors.secrets.Sighting.Proof;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.CRC32;

/** Checks of tokens that carry their own proof. */
final class SecretChecks {
  private static final String BASE62 =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  private static final int CHECKSUM_LENGTH = 6;
  private static final int CHECKSUMMED_LENGTH = 36;

  private SecretChecks() {}

  /**
   * Whether the last six characters are the CRC-32 of those before them in base 62, as in GitHub's
   * classic tokens and npm's tokens (GitHub, "Behind GitHub's new authentication token formats",
   * 2021).
   *
   * @param body the token without its prefix
   */
  static boolean checksumHolds(String body) {
    if (body.length() <= CHECKSUM_LENGTH) {
      return false;
    }
    int split = body.length() - CHECKSUM_LENGTH;
    return checksum(body.substring(0, split)).equals(body.substring(split));
  }

  /** What a token with a checksum proves by itself; one of another length has none to prove. */
  static Proof proofByChecksum(String token) {
    String body = token.substring(token.indexOf('_') + 1);
    return body.length() != CHECKSUMMED_LENGTH || checksumHolds(body)
        ? Proof.FORMAT
        : Proof.CONTEXT;
  }

  /** The six characters that follow this body in a token with a checksum. */
  static String checksum(String body) {
    CRC32 crc = new CRC32();
    crc.update(body.getBytes(StandardCharsets.US_ASCII));
    long rest = crc.getValue();
    StringBuilder digits = new StringBuilder();
    for (int i = 0; i < CHECKSUM_LENGTH; i++) {
      digits.append(BASE62.charAt((int) (rest % 62)));
      rest /= 62;
    }
    return digits.reverse().toString();
  }

  /** Whether a Discord token begins with a user id: 17 to 20 digits in base 64. */
  static boolean startsWithSnowflake(String token) {
    return decode(token.substring(0, token.indexOf('.')))
        .filter(id -> id.length() >= 17 && id.length() <= 20)
        .filter(id -> id.chars().allMatch(c -> c >= '0' && c <= '9'))
        .isPresent();
  }

  /**
   * Whether a JSON web token is signed and is not one that is public: those of documentation, and
   * those whose role is to be handed to browsers.
   */
  static boolean isLiveJwt(String token) {
    String[] parts = token.split("\\.");
    String header = decode(parts[0]).orElse("");
    String claims = decode(parts[1]).orElse("").replace(" ", "").toLowerCase(Locale.ROOT);
    return header.contains("\"alg\"")
        && !header.replace(" ", "").toLowerCase(Locale.ROOT).contains("\"alg\":\"none\"")
        && !claims.contains("\"role\":\"anon\"")
        && !claims.equals("{}")
        && !claims.contains("johndoe")
        && !claims.contains("1234567890")
        && !claims.contains("example")
        && !claims.contains("\"test");
  }

  /** What stands between the last two quotes. */
  static String lastQuoted(String text) {
    int end = text.length() - 1;
    return text.substring(text.lastIndexOf(text.charAt(end), end - 1) + 1, end);
  }

  /** Whether this is the base 64 of a name, a colon, and a password that is none for show. */
  static boolean isUserAndPassword(String base64) {
    try {
      String pair = new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
      int colon = pair.indexOf(':');
      return colon > 0
          && pair.length() - colon > 4
          && pair.chars().allMatch(c -> c >= 32 && c < 127)
          && !Values.isStandIn(pair.substring(colon + 1).toLowerCase(Locale.ROOT))
          && !Fakes.isPlaceholder(pair);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static Optional<String> decode(String base64) {
    try {
      byte[] bytes = Base64.getDecoder().decode(base64.replace('-', '+').replace('_', '/'));
      return Optional.of(new String(bytes, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}

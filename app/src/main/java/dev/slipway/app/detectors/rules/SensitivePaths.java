package dev.slipway.app.detectors.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Paths whose names say that a mistake there costs more than elsewhere. */
final class SensitivePaths {
  private static final Map<String, String> TOPICS =
      Map.ofEntries(
          Map.entry("auth", "authentication"),
          Map.entry("authn", "authentication"),
          Map.entry("authentication", "authentication"),
          Map.entry("authenticator", "authentication"),
          Map.entry("login", "authentication"),
          Map.entry("signin", "authentication"),
          Map.entry("logon", "authentication"),
          Map.entry("sso", "authentication"),
          Map.entry("saml", "authentication"),
          Map.entry("oauth", "authentication"),
          Map.entry("oauth2", "authentication"),
          Map.entry("oidc", "authentication"),
          Map.entry("jwt", "authentication"),
          Map.entry("mfa", "authentication"),
          Map.entry("totp", "authentication"),
          Map.entry("password", "authentication"),
          Map.entry("passwords", "authentication"),
          Map.entry("session", "authentication"),
          Map.entry("sessions", "authentication"),
          Map.entry("authz", "authorization"),
          Map.entry("authorization", "authorization"),
          Map.entry("authorizer", "authorization"),
          Map.entry("permission", "authorization"),
          Map.entry("permissions", "authorization"),
          Map.entry("rbac", "authorization"),
          Map.entry("acl", "authorization"),
          Map.entry("iam", "authorization"),
          Map.entry("payment", "payment"),
          Map.entry("payments", "payment"),
          Map.entry("billing", "payment"),
          Map.entry("checkout", "payment"),
          Map.entry("invoice", "payment"),
          Map.entry("invoices", "payment"),
          Map.entry("payout", "payment"),
          Map.entry("payouts", "payment"),
          Map.entry("refund", "payment"),
          Map.entry("refunds", "payment"),
          Map.entry("crypto", "cryptography"),
          Map.entry("cryptography", "cryptography"),
          Map.entry("encryption", "cryptography"),
          Map.entry("encrypt", "cryptography"),
          Map.entry("decrypt", "cryptography"),
          Map.entry("tls", "cryptography"),
          Map.entry("keystore", "cryptography"),
          Map.entry("truststore", "cryptography"),
          Map.entry("vault", "cryptography"),
          Map.entry("secrets", "cryptography"),
          Map.entry("security", "security"),
          Map.entry("csrf", "security"),
          Map.entry("cors", "security"),
          Map.entry("firewall", "security"),
          Map.entry("sandbox", "security"),
          Map.entry("sanitizer", "security"),
          Map.entry("sudoers", "security"));

  private SensitivePaths() {}

  /** The topic of the first word in the path that has one. */
  static Optional<String> of(String path) {
    return words(path).stream()
        .filter(TOPICS::containsKey)
        .findFirst()
        .flatMap(word -> Optional.ofNullable(TOPICS.get(word)));
  }

  /** The words of all parts of a path, split at separators and camel-case humps. */
  private static List<String> words(String path) {
    List<String> words = new ArrayList<>();
    int start = 0;
    for (int i = 0; i <= path.length(); i++) {
      boolean hump =
          i > 0
              && i < path.length()
              && Character.isUpperCase(path.charAt(i))
              && Character.isLowerCase(path.charAt(i - 1));
      if (i == path.length() || hump || !Character.isLetterOrDigit(path.charAt(i))) {
        if (i > start) {
          words.add(path.substring(start, i).toLowerCase(Locale.ROOT));
        }
        start = hump ? i : i + 1;
      }
    }
    return words;
  }
}

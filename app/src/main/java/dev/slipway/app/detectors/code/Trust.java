package dev.slipway.app.detectors.code;

import dev.slipway.policy.Finding.Severity;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Calls that switch off what tells friend from foe. */
final class Trust {
  private static final Pattern OFF =
      Pattern.compile(
          "\\bverify\\s*=\\s*False|\\bverify_ssl\\s*=\\s*False|\\bssl\\s*=\\s*False|\\bcert_reqs\\s*=\\s*['\"]?(?:ssl\\.)?CERT_NONE|rejectUnauthorized['\"]?\\s*:\\s*false|strictSSL\\s*:\\s*false|insecureSkipVerify\\s*:\\s*true|CERT_NONE|NoopHostnameVerifier|ALLOW_ALL_HOSTNAME_VERIFIER|AllowAllHostnameVerifier|TrustAllStrategy|InsecureTrustManagerFactory|TrustSelfSignedStrategy|PROTOCOL_SSLv[23]|PROTOCOL_TLSv1\\b|AutoAddPolicy|WarningPolicy");

  private static final Pattern OLD =
      Pattern.compile("[\"'](?:SSL|SSLv[23]|TLSv1|TLSv1\\.1|TLSv1_method|SSLv3_method)[\"']");

  private static final Pattern UNSIGNED =
      Pattern.compile(
          "verify\\s*=\\s*False|verify_signature['\"]?\\s*:\\s*False|algorithms?['\"]?\\s*[=:]\\s*\\[?\\s*['\"](?i:none)['\"]|ignoreExpiration\\s*:\\s*true");

  private static final Set<String> TOKENS =
      Set.of(
          "jwt.decode",
          "jose.decode",
          "jwt.verify",
          "jwt.sign",
          "jwt.encode",
          "jsonwebtoken.verify");

  private Trust() {}

  static Optional<Danger> of(Call call) {
    String text = call.text();
    if (TOKENS.contains(call.callee())) {
      return UNSIGNED.matcher(text).find()
          ? Optional.of(
              Danger.security(
                  "authorization", Severity.HIGH, "a token's signature or end is not checked"))
          : Optional.empty();
    }
    boolean off =
        (OFF.matcher(text).find() && isOwn(call))
            || call.callee().equals("ssl._create_unverified_context")
            || (call.name().endsWith("ostnameVerifier") && text.matches("(?s).*->\\s*true.*"))
            || (call.callee().equals("SSLContext.getInstance") && OLD.matcher(text).find());
    return off
        ? Optional.of(
            Danger.security(
                "tls-disabled", Severity.HIGH, "the other side's identity is not checked"))
        : Optional.empty();
  }

  /** The innermost call only: every call around it holds the same words. */
  private static boolean isOwn(Call call) {
    return call.text().length() < 4_000;
  }
}

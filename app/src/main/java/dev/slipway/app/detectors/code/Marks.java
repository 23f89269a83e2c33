package dev.slipway.app.detectors.code;

import dev.slipway.app.detectors.text.ChangedFile;
import dev.slipway.app.detectors.text.Findings;
import dev.slipway.app.detectors.text.Row;
import dev.slipway.policy.Finding.Severity;
import java.util.List;
import java.util.regex.Pattern;

/** Settings and assignments that are no calls: checks switched off by a value. */
final class Marks {
  private record Mark(String rule, Severity severity, String what, Pattern pattern) {}

  private static final List<Mark> MARKS =
      List.of(
          new Mark(
              "tls-disabled",
              Severity.HIGH,
              "the other side's identity is not checked",
              Pattern.compile(
                  "\\bcheck_hostname\\s*=\\s*False|\\bverify_mode\\s*=\\s*(?:ssl\\.)?CERT_NONE|\\.verify\\s*=\\s*False"
                      + "|NODE_TLS_REJECT_UNAUTHORIZED['\"\\]\\s]{0,6}[=:]\\s*['\"]?0|rejectUnauthorized['\"]?\\s*[:=]\\s*false|strictSSL\\s*:\\s*false"
                      + "|_create_default_https_context\\s*=\\s*ssl\\._create_unverified_context"
                      + "|check(?:Server|Client)Trusted\\([^)]{0,200}\\)[^{;]{0,100}\\{\\s*\\}|boolean\\s+verify\\([^)]{0,120}\\)\\s*\\{\\s*return\\s+true")),
          new Mark(
              "markup-injection",
              Severity.HIGH,
              "values become markup unescaped",
              Pattern.compile(
                  "\\.(?:inner|outer)HTML\\s*\\+?=(?!=)\\s*(?!\\s*(?:[\"'][^\"']{0,300}[\"']|`[^`$]{0,300}`)\\s*;?\\s*$)(?!.{0,80}(?:DOMPurify|sanitize|escapeHtml))\\S"
                      + "|dangerouslySetInnerHTML\\s*=\\s*\\{\\{\\s*__html\\s*:\\s*(?!DOMPurify|sanitize|[\"'])|\\bv-html\\s*=|\\{@html\\s|\\|\\s*safe\\s*\\}\\}")),
          new Mark(
              "weak-random",
              Severity.HIGH,
              "a secret is made from predictable numbers",
              Pattern.compile(
                  "(?i)\\b\\w{0,30}(?:token|secret|password|passwd|session_?id|nonce|salt|otp|api_?key|csrf|reset_?code|verification_?code)\\w{0,20}\\b[^=;]{0,30}=[^=;]{0,80}(?:Math\\.random\\(|\\bnew\\s+Random\\(|\\brandom\\.next\\w*\\(|(?<![\\w.])random\\.(?:random|randint|choice|choices|randrange|getrandbits|sample)\\()")),
          new Mark(
              "cookie-rights",
              Severity.MEDIUM,
              "a cookie that scripts or listeners can read",
              Pattern.compile(
                  "\\b(?:SESSION|CSRF)_COOKIE_(?:SECURE|HTTPONLY)['\"]?\\]?\\s*=\\s*False|SECURE_SSL_REDIRECT\\s*=\\s*False|\\bhttpOnly\\s*:\\s*false|cookie\\s*:\\s*\\{[^}]{0,100}secure\\s*:\\s*false")),
          new Mark(
              "debug-mode",
              Severity.HIGH,
              "a debugger that runs what visitors type",
              Pattern.compile(
                  "^DEBUG\\s*=\\s*True|app\\.debug\\s*=\\s*True|\\.config\\[['\"]DEBUG['\"]\\]\\s*=\\s*True")));

  private static final List<String> SIGNS =
      List.of(
          "HTML",
          "html",
          "hostname",
          "verify",
          "REJECT",
          "reject",
          "ssl.",
          "SSL",
          "Trust",
          "andom",
          "COOKIE",
          "httpOnly",
          "cookie",
          "ebug",
          "DEBUG",
          "| safe",
          "|safe");

  private Marks() {}

  static void inspect(ChangedFile file, Findings findings) {
    for (Row row : file.added()) {
      String code = row.code();
      if (SIGNS.stream().anyMatch(code::contains)) {
        MARKS.stream()
            .filter(mark -> mark.pattern().matcher(code).find() && applies(mark, file))
            .findFirst()
            .ifPresent(
                mark ->
                    findings.add(
                        "security." + mark.rule(), mark.severity(), file, row, mark.what()));
      }
    }
  }

  /** Settings for one's own machine may show what they like. */
  private static boolean applies(Mark mark, ChangedFile file) {
    return !mark.rule().equals("debug-mode") || !file.path().matches("(?i).*(?:dev|local|test).*");
  }
}

package dev.slipway.app.detectors.code;

import dev.slipway.app.detectors.text.ChangedFile;
import dev.slipway.app.detectors.text.Findings;
import dev.slipway.app.detectors.text.Row;
import dev.slipway.policy.Finding.Severity;
import java.util.List;
import java.util.regex.Pattern;

/** Settings and assignments that are no calls: checks switched off by a value. */
final class Marks {
  private static final Pattern TRUST =
      Pattern.compile(
          "\\bcheck_hostname\\s*=\\s*False|\\bverify_mode\\s*=\\s*(?:ssl\\.)?CERT_NONE|\\.verify\\s*=\\s*False"
              + "|NODE_TLS_REJECT_UNAUTHORIZED['\"\\]\\s]{0,6}=\\s*['\"]?0|rejectUnauthorized\\s*:\\s*false"
              + "|_create_default_https_context\\s*=\\s*ssl\\._create_unverified_context|checkServerTrusted\\([^)]{0,200}\\)[^{;]{0,100}\\{\\s*\\}|X509TrustManager\\[\\]\\s*\\{\\s*new"
              + " TrustAll");
  private static final Pattern MARKUP =
      Pattern.compile(
          "\\.(?:inner|outer)HTML\\s*\\+?=\\s*(?!\\s*(?:[\"'][^\"'+]{0,300}[\"']|`[^`$]{0,300}`)\\s*;?\\s*$)\\S|dangerouslySetInnerHTML\\s*=\\s*\\{\\{\\s*__html\\s*:\\s*(?!DOMPurify|sanitize|[\"'])");
  private static final Pattern RANDOM =
      Pattern.compile(
          "(?i)\\b\\w{0,30}(?:token|secret|password|session_?id|nonce|salt|otp|api_?key)\\w{0,20}\\b[^=;]{0,20}=[^=;]{0,60}(?:Math\\.random\\(|\\bnew"
              + " Random\\(|(?<![\\w.])random\\.(?:random|randint|choice|choices|randrange)\\()");

  private static final List<String> SIGNS =
      List.of("HTML", "hostname", "verify", "REJECT", "reject", "ssl.", "Trust", "andom");

  private Marks() {}

  static void inspect(ChangedFile file, Findings findings) {
    for (Row row : file.added()) {
      String code = row.code();
      if (SIGNS.stream().noneMatch(code::contains)) {
        continue;
      }
      if (TRUST.matcher(code).find()) {
        add(findings, file, row, "tls-disabled", "the other side's certificate is not checked");
      } else if (MARKUP.matcher(code).find()) {
        add(findings, file, row, "markup-injection", "values become markup unescaped");
      } else if (RANDOM.matcher(code).find()) {
        add(findings, file, row, "weak-random", "a secret is made from predictable numbers");
      }
    }
  }

  private static void add(Findings findings, ChangedFile file, Row row, String rule, String what) {
    findings.add("security." + rule, Severity.HIGH, file, row, what);
  }
}

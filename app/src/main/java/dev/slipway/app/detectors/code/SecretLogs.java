package dev.slipway.app.detectors.code;

import dev.slipway.app.detectors.text.AnyOf;
import dev.slipway.app.detectors.text.ChangedFile;
import dev.slipway.app.detectors.text.Findings;
import dev.slipway.app.detectors.text.Row;
import dev.slipway.policy.Finding.Severity;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Log lines that hold a secret itself; its length, or that it is wrong, may be told. */
final class SecretLogs {
  private static final String SECRET =
      "(?:password|passwd|passphrase|secretKey|secret_key|clientSecret|client_secret|apiKey|api_key|accessToken|access_token|refreshToken|refresh_token|privateKey|private_key|authToken|auth_token|sessionToken|session_token|creditCard|credit_card|cardNumber|card_number|cvv|cvc|ssn)";

  private static final AnyOf SIGNS =
      AnyOf.words(
          "passw passphrase secret apikey api_key token privatekey private_key card cvv cvc ssn");

  private static final Pattern CALL =
      Pattern.compile(
          "(?i:\\b(?:log(?:ger|ging)?|_logger|slog|console|rails\\.logger|system\\.(?:out|err))(?:::|\\.|->)(?:debug|info|warn(?:ing)?|error|trace|log|print(?:ln|f)?|critical|fatal|notice|log(?:information|debug|warning|error))(?:f|w|ln)?\\s?!?\\(|\\berror_log\\(|\\blog(?:Info|Debug|Error|Warn)\\()(.{1,1000})");

  private static final Pattern STRING =
      Pattern.compile("\"(?:[^\"\\\\]|\\\\.){0,500}\"|'(?:[^'\\\\]|\\\\.){0,500}'|`[^`]{0,500}`");

  private static final Pattern NAMED =
      Pattern.compile(
          "(?<![\\w.])(?:[\\w$@]{1,40}(?:\\.|->|::))*(?:get)?(?i:"
              + SECRET
              + ")(?:\\(\\))?(?![\\w(]|\\.(?:length|isEmpty|size|hash|is)|\\s*(?:===?|!==?|\\?))");

  private static final Pattern FILLED =
      Pattern.compile("[$#]?\\{\\s*(?:[\\w@]{1,40}\\.)*(?i:" + SECRET + ")\\s*(?:![rsa])?\\}");

  private static final Pattern MASKED =
      Pattern.compile(
          "(?i)\\b(?:mask\\w*|redact\\w*|obfuscat\\w*|hash\\w*|len|strlen|bool|sha256|fingerprint|has|is\\w*|encrypt\\w*|scrub\\w*|hide\\w*)\\s?\\(");

  private SecretLogs() {}

  static void inspect(ChangedFile file, Findings findings) {
    for (Row row : file.added()) {
      if (!SIGNS.isIn(row.code())) {
        continue;
      }
      Matcher call = CALL.matcher(row.code());
      if (call.find() && isTold(call.group(1))) {
        findings.add(
            "security.secret-in-log", Severity.HIGH, file, row, "a secret is written to the log");
      }
    }
  }

  private static boolean isTold(String arguments) {
    if (MASKED.matcher(arguments).find()) {
      return false;
    }
    return NAMED.matcher(STRING.matcher(arguments).replaceAll("\"\"")).find()
        || FILLED.matcher(arguments).find();
  }
}

package dev.slipway.app.detectors.code;

import dev.slipway.app.detectors.syntax.Language;
import dev.slipway.app.detectors.text.ChangedFile;
import dev.slipway.app.detectors.text.Findings;
import dev.slipway.app.detectors.text.Row;
import dev.slipway.app.detectors.text.Syntax;
import dev.slipway.policy.Finding.Severity;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Settings and assignments that are no calls: checks switched off by a value. */
final class Marks {
  /** Files in which a mark means something. */
  private enum Where {
    /** Languages that are read as trees, and pages. */
    READ,
    /** Any programming language. */
    CODE,
    /** Settings, and scripts that make some. */
    SETTINGS,
    /** What maps methods to statements. */
    MAPPERS;

    /** Templates: no tree is made of them, but values in them become markup. */
    private static final Set<String> PAGES =
        Set.of(
            "vue", "svelte", "html", "jinja", "j2", "jsp", "jspx", "ejs", "hbs", "erb", "php",
            "phtml", "cshtml", "twig");

    boolean holds(ChangedFile file) {
      String name = file.name().toLowerCase(Locale.ROOT);
      String ending = name.substring(name.lastIndexOf('.') + 1);
      boolean script = SCRIPTS.contains(ending) || name.startsWith("dockerfile");
      return switch (this) {
        case READ -> Language.of(file.path()).isPresent() || PAGES.contains(ending);
        case CODE -> file.syntax().kind() == Syntax.Kind.CODE && !script;
        case SETTINGS -> file.syntax().kind() == Syntax.Kind.CONFIGURATION || script;
        case MAPPERS -> name.matches(".*mapper.*\\.(?:xml|java|kt)|.*dao.*\\.(?:xml|java|kt)");
      };
    }
  }

  private static final Set<String> SCRIPTS = Set.of("sh", "bash", "zsh", "ps1", "mk");

  private record Mark(Where where, String rule, Severity severity, String what, Pattern pattern) {}

  private static final List<Mark> MARKS =
      List.of(
          new Mark(
              Where.CODE,
              "tls-disabled",
              Severity.HIGH,
              "the other side's identity is not checked",
              Pattern.compile(
                  "\\bInsecureSkipVerify\\s*[:=]\\s*true\\b|\\bVERIFY_NONE\\b|CURLOPT_SSL_VERIFY(?:PEER|HOST)\\s*(?:,|=>)\\s*(?:0|false)\\b"
                      + "|danger_accept_invalid_(?:certs|hostnames)\\(\\s*true|ServerCertificate\\w{0,20}Validation\\w{0,20}\\s*\\+?=[^;]{0,120}(?:=>\\s*true|return\\s+true|DangerousAcceptAny)"
                      + "|DangerousAcceptAnyServerCertificateValidator|['\"]verify_peer(?:_name)?['\"]\\s*=>\\s*false|setAllowsAnyHTTPSCertificate"
                      + "|badCertificateCallback\\s*=[^;]{0,80}=>\\s*true|\\bverify_ssl\\s*[:=]>?\\s*false\\b")),
          new Mark(
              Where.SETTINGS,
              "tls-disabled",
              Severity.HIGH,
              "the other side's identity is not checked",
              Pattern.compile(
                  "NODE_TLS_REJECT_UNAUTHORIZED\\b[\"']?\\s*[=: ]\\s*[\"']?0\\b|PYTHONHTTPSVERIFY\\s*[=: ]\\s*[\"']?0\\b"
                      + "|(?i:insecure[-_]?skip[-_]?(?:tls[-_]?)?verify|(?:skip|disable)[-_]?(?:tls|ssl)[-_]?verif\\w{1,8}|tls[-_]?skip[-_]?verify)[\"']?\\s*[:=]\\s*[\"']?(?i:true|yes|1|on)\\b"
                      + "|(?i:\\b(?:verify[-_]?(?:ssl|tls|certs?|peer)|(?:ssl|tls)[-_]?verif(?:y|ication)|ssl_verifypeer|validate_certs|strict[-_]ssl))[\"']?\\s*[:=]\\s*[\"']?(?i:false|no|0|off|none)\\b"
                      + "|(?i:trustServerCertificate\\s*=\\s*true|trust-all\\s*[:=]\\s*true)")),
          new Mark(
              Where.MAPPERS,
              "sql-injection",
              Severity.HIGH,
              "a value is written into a statement as text; use #{…}",
              Pattern.compile(
                  "(?i)\\b(?:select|from|where|and|or|by|set|like|in|values|into|update|join|limit)\\b[^$@]{0,200}\\$\\{\\s*+\\w")),
          new Mark(
              Where.READ,
              "open-redirect",
              Severity.HIGH,
              "visitors are sent where a value says",
              Pattern.compile(
                  "[\"'](?:redirect|forward):[\"']\\s*\\+\\s*(?![A-Z_]{2,}\\b|[\"'])\\w"
                      + "|\\blocation(?:\\.href)?\\s*=(?!=)[^;]{0,120}?(?:\\bsearchParams\\b|\\blocation\\.(?:search|hash)\\b|\\bURLSearchParams\\b)")),
          new Mark(
              Where.READ,
              "tls-disabled",
              Severity.HIGH,
              "the other side's identity is not checked",
              Pattern.compile(
                  "\\bcheck_hostname\\s*=\\s*False|\\bverify_mode\\s*=\\s*(?:ssl\\.)?CERT_NONE|\\.verify\\s*=\\s*False"
                      + "|NODE_TLS_REJECT_UNAUTHORIZED['\"\\]\\s]{0,6}[=:]\\s*['\"]?0|rejectUnauthorized['\"]?\\s*[:=]\\s*false|strictSSL\\s*:\\s*false"
                      + "|_create_default_https_context\\s*=\\s*ssl\\._create_unverified_context"
                      + "|check(?:Server|Client)Trusted\\([^)]{0,200}\\)[^{;]{0,100}\\{\\s*\\}|boolean\\s+verify\\([^)]{0,120}\\)\\s*\\{\\s*return\\s+true")),
          new Mark(
              Where.READ,
              "markup-injection",
              Severity.HIGH,
              "values become markup unescaped",
              Pattern.compile(
                  "\\.(?:inner|outer)HTML\\s*\\+?=(?!=)\\s*(?!\\s*(?:[\"'][^\"']{0,300}[\"']|`[^`$]{0,300}`)\\s*;?\\s*$)(?!.{0,80}(?:DOMPurify|sanitize|escapeHtml))\\S"
                      + "|dangerouslySetInnerHTML\\s*=\\s*\\{\\{\\s*__html\\s*+:\\s*+(?!DOMPurify|\\w{0,20}[sS]anitize|[\"'])|\\bv-html\\s*=(?![^>]{0,60}[sS]anitize|[^>]{0,60}[pP]urify)|\\bth:utext\\s*=|<%=\\s*request\\.get|<%-(?!\\s*(?:include|contentFor|body))\\s*\\w|<%==|\\{\\{\\{\\s*\\w|\\{!!\\s*\\$|\\bHtml\\.Raw\\(|<\\?=?\\s*(?:php\\s+)?(?:echo\\s+|print\\s+)?\\$_(?:GET|POST|REQUEST|COOKIE)\\b|\\b(?:echo|print)\\b[^;]{0,80}\\$_(?:GET|POST|REQUEST|COOKIE)\\b|\\{@html\\s|\\|\\s*safe\\s*\\}\\}")),
          new Mark(
              Where.READ,
              "weak-random",
              Severity.HIGH,
              "a secret is made from predictable numbers",
              Pattern.compile(
                  "(?i)\\b\\w{0,30}(?:token|secret|password|passwd|session_?id|nonce|salt|otp|api_?key|csrf|reset_?code|verification_?code)\\w{0,20}\\b[^=;]{0,30}=[^=;]{0,80}(?:Math\\.random\\(|\\bnew\\s+Random\\(|\\brandom\\.next\\w*\\(|(?<![\\w.])random\\.(?:random|randint|choice|choices|randrange|getrandbits|sample)\\()")),
          new Mark(
              Where.READ,
              "cookie-rights",
              Severity.MEDIUM,
              "a cookie that scripts or listeners can read",
              Pattern.compile(
                  "\\b(?:SESSION|CSRF)_COOKIE_(?:SECURE|HTTPONLY)['\"]?\\]?\\s*=\\s*False|SECURE_SSL_REDIRECT\\s*=\\s*False|\\bhttpOnly\\s*:\\s*false|cookie\\s*:\\s*\\{[^}]{0,100}secure\\s*:\\s*false")),
          new Mark(
              Where.READ,
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
          "|safe",
          "th:utext",
          "<%",
          "{{{",
          "{!!",
          "$_",
          "InsecureSkip",
          "VERIFY",
          "danger",
          "Danger",
          "Certificate",
          "ertif",
          "skip",
          "Skip",
          "SKIP",
          "tls",
          "ssl",
          "alidate_certs",
          "trust",
          "${",
          "redirect:",
          "forward:",
          "location");

  private Marks() {}

  static void inspect(ChangedFile file, Findings findings) {
    List<Mark> marks = MARKS.stream().filter(mark -> applies(mark, file)).toList();
    if (marks.isEmpty()) {
      return;
    }
    for (Row row : file.added()) {
      String code = row.code();
      if (SIGNS.stream().anyMatch(code::contains)) {
        marks.stream()
            .filter(mark -> mark.pattern().matcher(code).find())
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
    return mark.where().holds(file)
        && (!mark.rule().equals("debug-mode")
            || !file.path().matches("(?i).*(?:dev|local|test).*"));
  }
}

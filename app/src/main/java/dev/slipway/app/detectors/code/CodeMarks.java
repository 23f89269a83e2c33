package dev.slipway.app.detectors.code;

import dev.slipway.policy.Finding.Severity;
import java.util.List;

/** Marks of code, pages and the settings beside them. */
final class CodeMarks {
  static final List<Mark> ALL =
      List.of(
          Mark.of(
              Mark.Where.CODE,
              "tls-disabled",
              Severity.HIGH,
              "the other side's identity is not checked",
              "insecureskip verify_none curlopt_ssl accept_invalid servercert certificate verify_peer setallows verify_ssl",
              "\\bInsecureSkipVerify\\s*[:=]\\s*true\\b|\\bVERIFY_NONE\\b|CURLOPT_SSL_VERIFY(?:PEER|HOST)\\s*(?:,|=>)\\s*(?:0|false)\\b"
                  + "|danger_accept_invalid_(?:certs|hostnames)\\(\\s*true|ServerCertificate\\w{0,20}Validation\\w{0,20}\\s*\\+?=[^;]{0,120}(?:=>\\s*true|return\\s+true|DangerousAcceptAny)"
                  + "|DangerousAcceptAnyServerCertificateValidator|['\"]verify_peer(?:_name)?['\"]\\s*=>\\s*false|setAllowsAnyHTTPSCertificate"
                  + "|badCertificateCallback\\s*=[^;]{0,80}=>\\s*true|\\bverify_ssl\\s*[:=]>?\\s*false\\b"),
          Mark.of(
              Mark.Where.SETTINGS,
              "tls-disabled",
              Severity.HIGH,
              "the other side's identity is not checked",
              "reject verify skip ssl tls trust validate_certs https",
              "NODE_TLS_REJECT_UNAUTHORIZED\\b[\"']?\\s*[=: ]\\s*[\"']?0\\b|PYTHONHTTPSVERIFY\\s*[=: ]\\s*[\"']?0\\b"
                  + "|(?i:insecure[-_]?skip[-_]?(?:tls[-_]?)?verify|(?:skip|disable)[-_]?(?:tls|ssl)[-_]?verif\\w{1,8}|tls[-_]?skip[-_]?verify)[\"']?\\s*[:=]\\s*[\"']?(?i:true|yes|1|on)\\b"
                  + "|(?i:\\b(?:verify[-_]?(?:ssl|tls|certs?|peer)|(?:ssl|tls)[-_]?verif(?:y|ication)|ssl_verifypeer|validate_certs|strict[-_]ssl))[\"']?\\s*[:=]\\s*[\"']?(?i:false|no|0|off|none)\\b"
                  + "|(?i:trustServerCertificate\\s*=\\s*true|trust-all\\s*[:=]\\s*true)"),
          Mark.of(
              Mark.Where.MAPPERS,
              "sql-injection",
              Severity.HIGH,
              "a value is written into a statement as text; use #{…}",
              "${",
              "(?i)\\b(?:select|from|where|and|or|by|set|like|in|values|into|update|join|limit)\\b[^$@]{0,200}\\$\\{\\s*+\\w"),
          Mark.of(
              Mark.Where.READ,
              "open-redirect",
              Severity.HIGH,
              "visitors are sent where a value says",
              "redirect: forward: location",
              "[\"'](?:redirect|forward):[\"']\\s*\\+\\s*(?![A-Z_]{2,}\\b|[\"'])\\w"
                  + "|\\blocation(?:\\.href)?\\s*=(?!=)[^;]{0,120}?(?:\\bsearchParams\\b|\\blocation\\.(?:search|hash)\\b|\\bURLSearchParams\\b)"),
          Mark.of(
              Mark.Where.READ,
              "tls-disabled",
              Severity.HIGH,
              "the other side's identity is not checked",
              "hostname verify_mode verify reject strictssl unverified checkserver checkclient",
              "\\bcheck_hostname\\s*=\\s*False|\\bverify_mode\\s*=\\s*(?:ssl\\.)?CERT_NONE|\\.verify\\s*=\\s*False"
                  + "|NODE_TLS_REJECT_UNAUTHORIZED['\"\\]\\s]{0,6}[=:]\\s*['\"]?0|rejectUnauthorized['\"]?\\s*[:=]\\s*false|strictSSL\\s*:\\s*false"
                  + "|_create_default_https_context\\s*=\\s*ssl\\._create_unverified_context"
                  + "|check(?:Server|Client)Trusted\\([^)]{0,200}\\)[^{;]{0,100}\\{\\s*\\}|boolean\\s+verify\\([^)]{0,120}\\)\\s*\\{\\s*return\\s+true"),
          Mark.of(
              Mark.Where.READ,
              "markup-injection",
              Severity.HIGH,
              "values become markup unescaped",
              "html <% {{{ {!! $_ safe utext",
              "\\.(?:inner|outer)HTML\\s*\\+?=(?!=)\\s*(?!\\s*(?:[\"'][^\"']{0,300}[\"']|`[^`$]{0,300}`)\\s*;?\\s*$)(?!.{0,80}(?:DOMPurify|sanitize|escapeHtml))\\S"
                  + "|dangerouslySetInnerHTML\\s*=\\s*\\{\\{\\s*__html\\s*+:\\s*+(?!DOMPurify|\\w{0,20}[sS]anitize|[\"'])|\\bv-html\\s*=(?![^>]{0,60}[sS]anitize|[^>]{0,60}[pP]urify)|\\bth:utext\\s*=|<%=\\s*request\\.get|<%-(?!\\s*(?:include|contentFor|body))\\s*\\w|<%==|\\{\\{\\{\\s*\\w|\\{!!\\s*\\$|\\bHtml\\.Raw\\(|<\\?=?\\s*(?:php\\s+)?(?:echo\\s+|print\\s+)?\\$_(?:GET|POST|REQUEST|COOKIE)\\b|\\b(?:echo|print)\\b(?!.{0,120}(?:esc_\\w+|htmlspecialchars|htmlentities|intval|\\(int\\)))[^;]{0,80}\\$_(?:GET|POST|REQUEST|COOKIE)\\b|\\{@html\\s|\\|\\s*safe\\s*\\}\\}"),
          Mark.of(
              Mark.Where.READ,
              "weak-random",
              Severity.HIGH,
              "a secret is made from predictable numbers",
              "random",
              "(?i)\\b\\w{0,30}(?:token|secret|password|passwd|session_?id|nonce|salt|otp|api_?key|csrf|reset_?code|verification_?code)\\w{0,20}\\b[^=;]{0,30}=[^=;]{0,80}(?:Math\\.random\\(|\\bnew\\s+Random\\(|\\brandom\\.next\\w*\\(|(?<![\\w.])random\\.(?:random|randint|choice|choices|randrange|getrandbits|sample)\\()"),
          Mark.of(
              Mark.Where.READ,
              "cookie-rights",
              Severity.MEDIUM,
              "a cookie that scripts or listeners can read",
              "cookie httponly ssl_redirect",
              "\\b(?:SESSION|CSRF)_COOKIE_(?:SECURE|HTTPONLY)['\"]?\\]?\\s*=\\s*False|SECURE_SSL_REDIRECT\\s*=\\s*False|\\bhttpOnly\\s*:\\s*false|cookie\\s*:\\s*\\{[^}]{0,100}secure\\s*:\\s*false"),
          Mark.of(
              Mark.Where.READ,
              "debug-mode",
              Severity.HIGH,
              "a debugger that runs what visitors type",
              "debug",
              "^DEBUG\\s*=\\s*True|app\\.debug\\s*=\\s*True|\\.config\\[['\"]DEBUG['\"]\\]\\s*=\\s*True"));

  private CodeMarks() {}
}

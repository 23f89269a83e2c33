package dev.slipway.app.detectors.code;

import dev.slipway.app.detectors.text.AnyOf;
import dev.slipway.app.detectors.text.ChangedFile;
import dev.slipway.app.detectors.text.Findings;
import dev.slipway.app.detectors.text.Row;
import dev.slipway.change.FileChange;
import dev.slipway.policy.Finding.Severity;
import java.util.List;
import java.util.regex.Pattern;

/** Checks of who may do what that a change weakens, and doors that it opens. */
final class Authorization {
  private static final Pattern OPENING =
      Pattern.compile(
          "\\.permitAll\\(\\)|@PermitAll\\b|\\bAllowAny\\b|@AllowAnonymous\\b|@csrf_exempt\\b|csrf\\(\\)\\s*\\.disable\\(\\)|csrf\\([^)]{0,60}(?:disable|::disable)|@CrossOrigin(?:\\(\\s*\\)|\\(\\s*(?:origins\\s*=\\s*)?\\{?\\s*\"\\*\"|\\s*$)|Access-Control-Allow-Origin['\"]\\]?\\s*(?:,|=|:)\\s*['\"]\\*|\\bcors\\(\\s*\\)|\\bcors\\(\\s*\\{\\s*origin\\s*:\\s*(?:['\"]\\*|true)|allow_origins\\s*=\\s*\\[\\s*['\"]\\*|CORS_(?:ORIGIN_ALLOW_ALL|ALLOW_ALL_ORIGINS)\\s*=\\s*True|allowedOrigins\\(\\s*\"\\*\"|@Public\\(\\)|WTF_CSRF_ENABLED['\"]?\\]?\\s*=\\s*False|ALLOWED_HOSTS\\s*=\\s*\\[\\s*['\"]\\*|algorithms?['\"]?\\s*[:=]\\s*\\[?\\s*['\"]none['\"]|frameOptions\\(\\)\\.disable|headers\\(\\)\\.disable|\\.anonymous\\(\\)\\.and"
              + "|\\[AllowAnonymous\\]|\\.AllowAnonymous\\(\\)|\\.AllowAnyOrigin\\(\\)|\\bAllowAllOrigins\\s*:\\s*true|\\bAllow(?:ed)?Origins\\s*:\\s*\\[\\]string\\{\\s*\"\\*\"|\\bwithoutMiddleware\\("
              + "|\\bskip_(?:before_action|authorization_check|forgery_protection|authorize_resource)\\b|\\bwith:\\s*:null_session\\b|\\b(?:permission|authentication)_classes\\s*(?:=|\\()\\s*[\\[(]\\s*[\\])]|jwt_required\\(\\s*optional\\s*=\\s*True");

  /** Pages that everybody may see: they are asked for before anybody has signed in. */
  private static final Pattern FOR_ALL =
      Pattern.compile(
          "\\w*[mM]atchers\\(\\s*(?:HttpMethod\\.\\w+,\\s*)?(?:\"/(?:health|healthz|livez|readyz|ready|live|ping|version|login|logout|error|favicon\\.ico|robots\\.txt|css|js|images|img|assets|static|webjars|actuator/(?:health|info))(?:/[\\w*./-]{0,60})?\"[,\\s]*)+\\)\\s*\\.permitAll\\(\\)");

  /** A constant that decides before the check does. */
  private static final Pattern DECIDED =
      Pattern.compile(
          "\\bfalse\\s*&&|&&\\s*false\\b(?!\\s*[!=]=)|\\btrue\\s*\\|\\||\\|\\|\\s*true\\b(?!\\s*[!=]=)|\\bFalse\\s+and\\b|\\band\\s+False\\b|\\bTrue\\s+or\\b|\\bor\\s+True\\b|\\b[01]\\s*(?:==|!=)=?\\s*[01]\\s*(?:&&|\\|\\|)");

  private static final AnyOf SIGNS =
      AnyOf.words(
          "40 allow cation_classes ccess checkpw cors cross csrf current_user deny dmin ecured erify erm forbidden frameoptions guard headers hosts iddleware imingsafe is_s isequal jwt ken lgorithm nauthorized null_session ogin ole ompare orbidden ors( skip_ ssion_classes ublic uth wner");

  private Authorization() {}

  static void inspect(ChangedFile file, Findings findings) {
    for (Row row : file.added()) {
      if (mayHold(row.code())
          && OPENING.matcher(row.code()).find()
          && !FOR_ALL.matcher(row.code()).find()) {
        findings.add(
            "security.authorization", Severity.HIGH, file, row, "opens what was protected");
      } else if (mayHold(row.code())
          && DECIDED.matcher(row.code()).find()
          && Guards.isCheck(row.code())) {
        findings.add(
            "security.authorization",
            Severity.HIGH,
            file,
            row,
            "a constant decides before the check of who may do this");
      }
    }
    if (file.change().kind() != FileChange.Kind.DELETED) {
      either(file, findings);
    }
  }

  /** Checks of which all had to hold, and now one is enough. */
  private static void either(ChangedFile file, Findings findings) {
    List<String> before =
        file.deleted().stream()
            .map(Row::code)
            .filter(Guards::isCheck)
            .map(Authorization::joinedByAnd)
            .toList();
    if (before.isEmpty()) {
      return;
    }
    for (Row row : file.added()) {
      String code = row.code();
      if (!joinedByAnd(code).equals(code.strip())
          && before.contains(joinedByAnd(code))
          && file.deleted().stream().noneMatch(old -> old.code().strip().equals(code.strip()))) {
        findings.add(
            "security.authorization",
            Severity.HIGH,
            file,
            row,
            "one of several checks of who may do this is enough now");
      }
    }
  }

  private static String joinedByAnd(String code) {
    return code.strip().replace("||", "&&").replace(" or ", " and ");
  }

  private static boolean mayHold(String code) {
    return SIGNS.isIn(code);
  }
}

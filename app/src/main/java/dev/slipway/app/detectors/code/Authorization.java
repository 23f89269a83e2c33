package dev.slipway.app.detectors.code;

import dev.slipway.app.detectors.text.ChangedFile;
import dev.slipway.app.detectors.text.Findings;
import dev.slipway.app.detectors.text.Row;
import dev.slipway.change.FileChange;
import dev.slipway.change.FileChange.Hunk;
import dev.slipway.change.FileChange.Line;
import dev.slipway.policy.Finding.Severity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Checks of who may do what that a change takes away, weakens, or opens. A check that goes together
 * with what it guarded is no loss.
 */
final class Authorization {
  private static final Pattern CHECK =
      Pattern.compile(
          "@(?:PreAuthorize|PostAuthorize|Secured|RolesAllowed|DenyAll|login_required|permission_required|user_passes_test|requires_auth|require_auth|auth_required|jwt_required|roles_required|UseGuards|Authorized|Roles|csrf_protect|staff_member_required|admin_required|token_required)\\b"
              + "|\\b(?:permission_classes|IsAuthenticated|IsAdminUser|LoginRequiredMixin|PermissionRequiredMixin|UserPassesTestMixin|get_current_user|requireAuth|requireLogin|isAuthenticated|is_authenticated|ensureAuthenticated|ensureLoggedIn|requireRole|requireAdmin|requirePermission|checkPermission|check_permission|checkPermissions|hasPermission|has_perm|has_permission|isAdmin|is_admin|is_staff|is_superuser|verifyToken|verify_token|verifyJwt|authenticateToken|authenticate|authMiddleware|assertAllowed|checkAccess|authorize|isOwner|is_owner|canAccess|jwt\\.verify|jwtVerify|verifyIdToken|verify_id_token|verifySignature|verify_signature|verifyPassword|verify_password|checkPassword|check_password|checkpw|bcrypt\\.compare(?:Sync)?|timingSafeEqual|constant_time_compare|compare_digest|MessageDigest\\.isEqual|can_access|checkOwner\\w*|passport\\.authenticate|check_object_permissions|object_permissions|authenticated\\(\\)|PermissionDenied|AccessDeniedException|ForbiddenException|UnauthorizedException|Forbidden|HttpStatus\\.(?:FORBIDDEN|UNAUTHORIZED)|HTTP_40[13]_\\w+)\\b"
              + "|\\babort\\(40[13]\\)|\\.(?:status|sendStatus|sendError)\\(40[13]\\)|status_code\\s*=\\s*40[13]\\b"
              + "|\\bhas(?:Any)?(?:Role|Authority)\\([^)]{0,120}\\)");

  private static final Pattern OPENING =
      Pattern.compile(
          "\\.permitAll\\(\\)|@PermitAll\\b|\\bAllowAny\\b|@AllowAnonymous\\b|@csrf_exempt\\b|csrf\\(\\)\\s*\\.disable\\(\\)|csrf\\([^)]{0,60}(?:disable|::disable)|@CrossOrigin(?:\\(\\s*\\)|\\(\\s*(?:origins\\s*=\\s*)?\\{?\\s*\"\\*\"|\\s*$)|Access-Control-Allow-Origin['\"]\\]?\\s*(?:,|=|:)\\s*['\"]\\*|\\bcors\\(\\s*\\)|\\bcors\\(\\s*\\{\\s*origin\\s*:\\s*(?:['\"]\\*|true)|allow_origins\\s*=\\s*\\[\\s*['\"]\\*|CORS_(?:ORIGIN_ALLOW_ALL|ALLOW_ALL_ORIGINS)\\s*=\\s*True|allowedOrigins\\(\\s*\"\\*\"|@Public\\(\\)|WTF_CSRF_ENABLED['\"]?\\]?\\s*=\\s*False|ALLOWED_HOSTS\\s*=\\s*\\[\\s*['\"]\\*|algorithms?['\"]?\\s*[:=]\\s*\\[?\\s*['\"]none['\"]|frameOptions\\(\\)\\.disable|headers\\(\\)\\.disable|\\.anonymous\\(\\)\\.and");

  /** A constant that decides before the check does. */
  private static final Pattern DECIDED =
      Pattern.compile(
          "\\bfalse\\s*&&|&&\\s*false\\b|\\btrue\\s*\\|\\||\\|\\|\\s*true\\b|\\bFalse\\s+and\\b|\\band\\s+False\\b|\\bTrue\\s+or\\b|\\bor\\s+True\\b|\\b[01]\\s*(?:==|!=)=?\\s*[01]\\s*(?:&&|\\|\\|)");

  /** What may be done, from least to most; a role of none of these words is not ranked. */
  private static final List<Pattern> RANKS =
      List.of(
          Pattern.compile("(?i)guest|anonymous|public"),
          Pattern.compile("(?i)user|member|customer|viewer|reader|read\\b"),
          Pattern.compile("(?i)editor|writer|write\\b|staff|moderator|manager|operator|support"),
          Pattern.compile("(?i)admin|owner|root|super"));

  private static final List<String> SIGNS =
      List.of(
          "uth",
          "erm",
          "ecured",
          "ole",
          "ogin",
          "csrf",
          "CSRF",
          "ccess",
          "dmin",
          "ublic",
          "ors(",
          "Cross",
          "HOSTS",
          "lgorithm",
          "ken",
          "Jwt",
          "Guard",
          "Deny",
          "Allow",
          "allow",
          "CORS",
          "orbidden",
          "nauthorized",
          "FORBIDDEN",
          "40",
          "wner",
          "is_s",
          "frameOptions",
          "current_user",
          "headers",
          "erify",
          "ompare",
          "checkpw",
          "isEqual",
          "imingSafe");

  private static final Pattern ROUTE =
      Pattern.compile("\\.(?:get|post|put|delete|patch|all|route)\\(\\s*[\"'`]");

  private static final Pattern FUNCTION =
      Pattern.compile(
          "^(?!\\s*(?:if|elif|else|for|while|switch|catch|except|try|with|return|throw|raise|await|new)\\b).*?"
              + "(?:\\b(?:def|function|class|func|fun)\\s+\\w+|=>\\s*\\{?\\s*$"
              + "|^\\s*(?:public|private|protected|static|async|final|\\w+(?:<[^>]*>)?)\\s[^=;]*\\([^;]*$"
              + "|^\\s*(?:async\\s+)?\\w+\\([^)]*\\)\\s*\\{\\s*$)");

  private static final Pattern MARKING = Pattern.compile("^\\s*@");

  private Authorization() {}

  static void inspect(ChangedFile file, Findings findings) {
    for (Row row : file.added()) {
      if (mayHold(row.code()) && OPENING.matcher(row.code()).find()) {
        findings.add(
            "security.authorization", Severity.HIGH, file, row, "opens what was protected");
      } else if (mayHold(row.code())
          && DECIDED.matcher(row.code()).find()
          && CHECK.matcher(row.code()).find()) {
        findings.add(
            "security.authorization",
            Severity.HIGH,
            file,
            row,
            "a constant decides before the check of who may do this");
      }
    }
    if (file.change().kind() != FileChange.Kind.DELETED) {
      lost(file)
          .forEach(
              (check, times) ->
                  findings.add(
                      "security.authorization",
                      Severity.HIGH,
                      file.path(),
                      "takes away a check of who may do this: " + check));
      either(file, findings);
    }
  }

  /** Checks of which all had to hold, and now one is enough. */
  private static void either(ChangedFile file, Findings findings) {
    List<String> before =
        file.deleted().stream()
            .map(Row::code)
            .filter(code -> mayHold(code) && CHECK.matcher(code).find())
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
    return SIGNS.stream().anyMatch(code::contains);
  }

  /** The checks that are deleted more often than added, without those whose subject goes too. */
  private static Map<String, Integer> lost(ChangedFile file) {
    Map<String, Integer> counts = new HashMap<>();
    for (Hunk hunk : file.change().hunks()) {
      List<Line> lines = hunk.lines();
      for (int at = 0; at < lines.size(); at++) {
        switch (lines.get(at)) {
          case Line.Deleted deleted -> {
            if (isCode(deleted.text()) && !goesWithItsSubject(lines, at)) {
              count(deleted.text(), counts, 1);
            }
          }
          case Line.Added added -> {
            if (isCode(added.text())) {
              count(added.text(), counts, -1);
            }
          }
          case Line.Context ignored -> {}
        }
      }
    }
    List<String> gained =
        counts.entrySet().stream().filter(it -> it.getValue() < 0).map(Map.Entry::getKey).toList();
    counts
        .entrySet()
        .removeIf(
            it ->
                it.getValue() <= 0
                    || gained.stream().anyMatch(other -> isStricter(other, it.getKey())));
    return counts;
  }

  /** Whether the same check now asks for more than before. */
  private static boolean isStricter(String now, String before) {
    int open = before.indexOf('(');
    return open > 0
        && now.startsWith(before.substring(0, open + 1))
        && rank(before) >= 0
        && rank(now) > rank(before);
  }

  /** The lowest of the roles that are named. */
  private static int rank(String check) {
    String roles = check.substring(check.indexOf('(') + 1);
    for (int rank = 0; rank < RANKS.size(); rank++) {
      if (RANKS.get(rank).matcher(roles).find()) {
        return rank;
      }
    }
    return -1;
  }

  private static boolean isCode(String text) {
    String code = text.strip();
    return text.length() < 2_000
        && mayHold(code)
        && !code.startsWith("import ")
        && !code.startsWith("from ")
        && !code.startsWith("//")
        && !code.startsWith("#")
        && !code.startsWith("*")
        && !code.startsWith("/*")
        && !code.matches("(?:const|let|var)\\b.*\\brequire\\(.*");
  }

  private static void count(String code, Map<String, Integer> counts, int step) {
    Matcher check = CHECK.matcher(code);
    while (check.find()) {
      counts.merge(check.group().replace('"', '\'').replace(" ", ""), step, Integer::sum);
    }
  }

  /** Whether the guarded function or route is deleted with its check, and not written anew. */
  private static boolean goesWithItsSubject(List<Line> lines, int at) {
    String text = lines.get(at).text();
    if (MARKING.matcher(text).find()) {
      return subjectBelow(lines, at).map(subject -> isGone(lines, subject)).orElse(false);
    }
    if (ROUTE.matcher(text).find() || FUNCTION.matcher(text).find()) {
      return isGone(lines, text);
    }
    return functionAbove(lines, at).map(subject -> isGone(lines, subject)).orElse(false);
  }

  /** The declaration under an annotation, if it is deleted too. */
  private static Optional<String> subjectBelow(List<Line> lines, int at) {
    for (int below = at + 1; below < lines.size(); below++) {
      String text = lines.get(below).text();
      if (lines.get(below) instanceof Line.Added
          || text.isBlank()
          || MARKING.matcher(text).find()) {
        continue;
      }
      return lines.get(below) instanceof Line.Deleted ? Optional.of(text) : Optional.empty();
    }
    return Optional.empty();
  }

  /** The function's head above a statement, if all lines between them are deleted. */
  private static Optional<String> functionAbove(List<Line> lines, int at) {
    int indent = indent(lines.get(at).text());
    for (int above = at - 1; above >= 0; above--) {
      Line line = lines.get(above);
      if (line instanceof Line.Context && !line.text().isBlank()) {
        return Optional.empty();
      }
      if (line instanceof Line.Deleted
          && indent(line.text()) < indent
          && FUNCTION.matcher(line.text()).find()) {
        return Optional.of(line.text());
      }
    }
    return Optional.empty();
  }

  /** Whether nothing that is added names what this line names. */
  private static boolean isGone(List<Line> lines, String subject) {
    List<String> names = names(subject);
    return lines.stream()
        .filter(Line.Added.class::isInstance)
        .noneMatch(line -> names.stream().anyMatch(line.text()::contains));
  }

  /** What a declaration is known by: a route's text, else the name before the parameters. */
  private static List<String> names(String subject) {
    List<String> names = new ArrayList<>();
    Matcher route = Pattern.compile("\\(\\s*([\"'`][^\"'`]{1,200}[\"'`])").matcher(subject);
    Matcher name =
        Pattern.compile("(\\w+)\\s*(?:\\(|=\\s*(?:async\\s*)?\\(|\\{|:)").matcher(subject);
    if (ROUTE.matcher(subject).find() && route.find()) {
      names.add(route.group(1));
    } else if (name.find()) {
      names.add(name.group(1) + "(");
      names.add(name.group(1) + " ");
    } else {
      names.add(subject.strip());
    }
    return names;
  }

  private static int indent(String text) {
    return text.length() - text.stripLeading().length();
  }
}

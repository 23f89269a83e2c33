package dev.slipway.app.detectors.code;

import dev.slipway.app.detectors.text.AnyOf;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What stands between a caller and what the caller may not do, as lines of code say it. */
final class Guards {
  /**
   * A guard of which another form is as good as the one before.
   *
   * @param signs one of these is in every line that has it: looked for first
   * @param instead what must be added for its loss to count; empty where the loss is enough
   * @param near what must stand in the same region for the words to mean this
   */
  private record Safeguard(
      String name,
      AnyOf signs,
      Pattern pattern,
      Optional<Pattern> instead,
      Optional<Pattern> near) {
    static Safeguard of(String name, String signs, String pattern) {
      return new Safeguard(
          name, AnyOf.words(signs), Pattern.compile(pattern), Optional.empty(), Optional.empty());
    }

    Safeguard insteadOf(String weaker) {
      return new Safeguard(name, signs, pattern, Optional.of(Pattern.compile(weaker)), near);
    }

    Safeguard near(String words) {
      return new Safeguard(name, signs, pattern, instead, Optional.of(Pattern.compile(words)));
    }

    boolean isIn(String code) {
      return signs.isIn(code) && pattern.matcher(code).find();
    }
  }

  /** Checks of who may do what: names of frameworks, and names that people give such functions. */
  private static final Pattern CHECK =
      Pattern.compile(
          "@(?:PreAuthorize|PostAuthorize|Secured|RolesAllowed|DenyAll|login_required|permission_required|user_passes_test|requires_auth|require_auth|auth_required|jwt_required|roles_required|UseGuards|Authorized|Roles|csrf_protect|staff_member_required|admin_required|token_required)\\b"
              + "|\\[(?:Authorize|ValidateAntiForgeryToken|AutoValidateAntiforgeryToken|RequireScope)\\b"
              + "|\\b(?:before_action|before_filter|prepend_before_action)\\s+:(?:authenticate|authorize|require|verify|check|ensure|admin|login|validate)\\w*[!?]?"
              + "|\\b(?:protect_from_forgery|load_and_authorize_resource|verify_authorized|policy_scope|authorize!|RequireAuthorization|IsInRole)\\b"
              + "|(?:->|::)(?:middleware|withMiddleware)\\(\\s*\\[?[^)\\]]{0,80}['\"](?:auth|can:|verified|role|permission|signed|admin)[\\w:,.-]{0,40}"
              + "|\\$this->authorize\\(|\\bGate::(?:authorize|allows|denies|check)\\("
              + "|\\b(?:permission_classes|IsAuthenticated|IsAdminUser|LoginRequiredMixin|PermissionRequiredMixin|UserPassesTestMixin|get_current_user|isAuthenticated|is_authenticated|hasPermission|has_perm|has_permission|isAdmin|is_admin|is_staff|is_superuser|verifyToken|verify_token|authenticateToken|authenticate|assertAllowed|authorize|isOwner|is_owner|canAccess|jwt\\.verify|jwtVerify|verifyIdToken|verify_id_token|verifyPassword|verify_password|checkPassword|check_password|checkpw|bcrypt\\.compare(?:Sync)?|timingSafeEqual|constant_time_compare|compare_digest|MessageDigest\\.isEqual|can_access|passport\\.authenticate|check_object_permissions|object_permissions|authenticated\\(\\)"
              + "|hmac\\.Equal|ConstantTimeCompare|hash_equals|secure_compare|FixedTimeEquals)\\b"
              + "|\\b(?i:require|ensure|assert|check|verify|enforce|must|with|need)s?_?(?i:be_?)?(?i:auth\\w*|admin\\w*|login|logged_?in|owner\\w*|roles?|permissions?|scopes?|access|csrf\\w*|jwt|tenant\\w*|signature|hmac|mfa|otp|2fa|two_?factor)\\b[!?]?"
              + "|\\b(?:Depends|Security)\\(\\s*[\\w.]{0,40}(?i:auth|admin|current|user|perm|role|token|login|owner)\\w*|\\b(?:constructEvent|construct_event|validateRequest)\\b"
              + "|\\b(?i:verify|validate|check)_?\\w{0,12}(?i:signature|webhook|hmac|payload|jwt)\\w*"
              + "|\\b(?i:auth|admin|login|role|permission)_?(?i:only|required|guard|middleware)\\b"
              + "|\\bhas(?:Any)?(?:Role|Authority)\\([^)]{0,120}\\)");

  /** Answers that turn a caller away. */
  private static final Pattern REFUSAL =
      Pattern.compile(
          "\\babort(?:!|_if|_unless)?\\s?\\(?[^)]{0,40}\\b40[13]\\b|\\bhalt\\s?\\(?\\s?40[13]\\b|\\.(?:status|sendStatus|sendError|AbortWithStatus\\w*|writeHead|setStatus)\\(40[13]\\b|\\bstatus(?:_code|Code)?\\s*[:=]\\s*40[13]\\b"
              + "|\\bStatus(?:Unauthorized|Forbidden)\\b|\\bhead\\s?\\(?\\s?:(?:unauthorized|forbidden)\\b|\\bstatus:\\s?:(?:unauthorized|forbidden)\\b|\\bStatusCode::(?:FORBIDDEN|UNAUTHORIZED)\\b|\\bHttpStatusCode\\.(?:Forbidden|Unauthorized)\\b|\\bHttpStatus\\.(?:FORBIDDEN|UNAUTHORIZED)\\b|\\bHTTP_40[13]_\\w+"
              + "|\\b(?:Forbid|Unauthorized)\\(|\\bHTTPException\\(\\s*40[13]\\b|\\bhttp\\.Error\\([^)]{0,120}\\b40[13]\\b|\\bresponse\\(\\)->json\\([^)]{0,120}\\b40[13]\\b|\\bcodes\\.(?:PermissionDenied|Unauthenticated)\\b"
              + "|\\b(?:PermissionDenied|AccessDeniedException|ForbiddenException|UnauthorizedException|ForbiddenError|UnauthorizedError)\\b"
              + "|\\b(?:throw\\s+new|raise)\\s+[\\w.:]{0,40}(?:Unauthori[sz]ed|Forbidden|AccessDenied|NotAuthori[sz]ed|Permission|NotAuthenticated|AuthenticationFailed|Security)\\w{0,30}");

  /** Conditions that leave out what belongs to others. */
  private static final Pattern OWNED =
      Pattern.compile(
          "\\b(?:owner|tenant|account|author|created_by|customer|organi[sz]ation|org|user(?=_?[iI]d|__id))(?:_?[iI]d|__id)?\\s?(?:=|==|===|:)\\s?(?:self\\.)?(?:request|req|current_user|g|ctx|session|principal|auth)(?:\\.\\w{1,20}){0,3}\\b"
              + "|\\b(?:filter|get|get_object_or_404|find\\w*|where)\\([^)]{0,120}\\buser\\s?=\\s?(?:self\\.)?request\\.user\\b"
              + "|\\bcurrent_user\\.\\w{1,40}\\.\\w"
              + "|(?i:\\band\\s+(?:\\w{1,20}\\.)?(?:owner|tenant|user|account|org|organization|customer|company)_id\\s?=)");

  private static final String REFUSED = "callers are turned away (401 or 403)";

  private static final String OWN = "a condition that leaves out what belongs to others";

  private static final List<Safeguard> SAFEGUARDS =
      List.of(
          Safeguard.of(
              "a limit on how often callers may try",
              "rate limit throttle slowdown",
              "(?i)\\brate_?limit\\w*\\s*[(:]|@(?:RateLimit\\w*|Throttle)\\b|\\bthrottle_classes\\b|['\"]throttle:|\\bslowDown\\(|\\w*limiter\\.\\w+\\("),
          Safeguard.of(
              "headers that tell browsers what not to do",
              "helmet strict-transport content-security x-frame x-content securitymiddleware xframeoptions",
              "\\bhelmet\\(|Strict-Transport-Security|Content-Security-Policy|X-Frame-Options|X-Content-Type-Options|\\bSecurityMiddleware\\b|XFrameOptionsMiddleware"),
          Safeguard.of(
              "the check that a form is one's own",
              "csrf csurf",
              "\\bCsrfViewMiddleware\\b|\\bcsurf\\(|\\bcsrfProtection\\b|\\bCsrfFilter\\b|^\\s*@csrf\\b|\\{%\\s*csrf_token"),
          Safeguard.of(
              "what keeps an XML reader from following entities",
              "doctype secure external support defusedxml",
              "disallow-doctype-decl|FEATURE_SECURE_PROCESSING|external-(?:general|parameter)-entities|ACCESS_EXTERNAL_\\w+|SUPPORT_DTD|IS_SUPPORTING_EXTERNAL_ENTITIES|\\bdefusedxml\\b"),
          Safeguard.of(
              "what makes text harmless where it goes",
              "escape sanitize purify bleach quote htmlspecialchars shellwords html secure_filename safe_join",
              "(?i)\\bescape_?html\\w*\\(|\\bhtmlspecialchars\\(|\\bhtml_escape\\b|\\bhtml\\.escape\\(|\\bsanitize_?(?:html|input|user\\w*|filename|sql\\w*)?\\(|\\bDOMPurify\\b|\\bbleach\\.clean\\(|\\bescapeshell(?:arg|cmd)\\(|\\bshlex\\.quote\\(|\\bShellwords\\.|\\bEncode\\.forHtml\\w*|\\bescapeHtml4?\\(|\\bsecure_filename\\(|\\bsafe_join\\("),
          Safeguard.of(
                  "the check that a path stays in its folder",
                  "startswith is_relative_to commonpath hasprefix",
                  "(?i)\\bstartsWith\\(\\s*\\w*(?:root|base|dir|target|parent|dest\\w*|folder|canonical\\w*)\\w*|\\bis_relative_to\\(|\\bcommonpath\\(|\\bHasPrefix\\([^,]{1,60},\\s*\\w*(?:root|base|dir|dest|target)\\w*")
              .near("(?i)path|file|zip|entry|archive|upload"),
          Safeguard.of(
                  "the check that a name holds no path",
                  "base getfilename filenameutils",
                  "\\b(?:os\\.path|path|filepath|File)\\.[bB]ase(?:name)?\\(|\\bGetFileName\\(|\\bFilenameUtils\\.getName\\(|(?<![\\w$.>])basename\\(\\s*\\$_")
              .near(
                  "(?i)\\breq(?:uest)?\\.(?:params|query|body|args|files?)|\\bparams\\[|FormValue|originalname|getOriginalFilename|\\$_(?:GET|POST|FILES|REQUEST)|IFormFile|\\bupload"),
          Safeguard.of(
              "the check for names that change every object", "__proto__", "['\"]__proto__['\"]"),
          Safeguard.of(
                  "the bound of a copy",
                  "str sprintf snprintf fgets",
                  "\\b(?:strncpy|strlcpy|strncat|strlcat|snprintf|vsnprintf|fgets)\\(")
              .insteadOf("\\b(?:strcpy|strcat|sprintf|vsprintf|gets)\\("),
          Safeguard.of(
                  "what keeps a cookie from scripts and listeners",
                  "only secure site cookie",
                  "(?i)\\bhttp_?only['\"]?\\s*[:=]\\s*true\\b|\\bsecure['\"]?\\s*[:=]\\s*true\\b|\\bsame_?site['\"]?\\s*[:=]\\s*['\"]?(?:strict|lax)|\\b(?:SESSION|CSRF)_COOKIE_(?:SECURE|HTTPONLY)\\s*=\\s*True|\\bset(?:HttpOnly|Secure)\\(true\\)")
              .near("(?i)cookie|session"),
          Safeguard.of(
              "the record of who did what",
              "audit",
              "(?i)\\baudit_?(?:log|trail|logger|or|service)?\\w{0,10}\\.(?:log|record|write|append|info|emit|save)\\w{0,20}\\("),
          Safeguard.of(
              "the checksum of what a page loads", "integrity", "\\bintegrity\\s*=\\s*[\"'{]"),
          Safeguard.of(
              "the check of what was downloaded",
              "sum gpg cosign require-hashes",
              "\\bsha(?:256|512|1)sum\\s+(?:-c|--check)|\\bgpg2?\\s[^|;&]{0,60}--verify\\b|\\bcosign\\s+verify\\b|--require-hashes\\b"));

  private static final AnyOf SIGNS =
      AnyOf.words(
          "40 abort alidate antiforg ccess ccount checkpw construct cope csrf current_user deny depends dmin ecured ecurity ember enied equire erify erm forbidden gate:: guard halt head heck hmac ignature imingsafe is_s jwt ken nauth nforce nsure ogin ole ompare orbid org qual rganis rganiz status team tenant user ustomer uth uthor wner");

  private Guards() {}

  static boolean isCheck(String code) {
    return !checksIn(code).isEmpty();
  }

  private static boolean mayHold(String code) {
    return SIGNS.isIn(code);
  }

  /**
   * The checks of who may do what in a line: as they are written there where they have a name, else
   * what they come to, of which one form is as good as another.
   */
  static List<String> checksIn(String code) {
    List<String> checks = new ArrayList<>();
    if (mayHold(code)) {
      Matcher check = CHECK.matcher(code);
      while (check.find()) {
        checks.add(check.group().replace('"', '\'').replace(" ", ""));
      }
      if (REFUSAL.matcher(code).find()) {
        checks.add(REFUSED);
      }
      if (OWNED.matcher(code).find()) {
        checks.add(OWN);
      }
    }
    return checks;
  }

  /** The line with a sign in the place of each check that has a name. */
  static String withoutChecks(String code) {
    return CHECK.matcher(code.strip()).replaceAll("§");
  }

  /** The safeguards in a line by what they are for. */
  static List<String> safeguardsIn(String code) {
    return SAFEGUARDS.stream().filter(it -> it.isIn(code)).map(Safeguard::name).toList();
  }

  /** Whether the loss of a safeguard means something here: beside this, and with this instead. */
  static boolean isMissed(String name, String region, String added) {
    return SAFEGUARDS.stream()
        .filter(it -> it.name().equals(name))
        .allMatch(
            it ->
                it.near().map(words -> words.matcher(region).find()).orElse(true)
                    && it.instead().map(weaker -> weaker.matcher(added).find()).orElse(true));
  }
}

package dev.slipway.app.detectors.code;

import dev.slipway.app.detectors.text.ChangedFile;
import dev.slipway.app.detectors.text.Findings;
import dev.slipway.app.detectors.text.Row;
import dev.slipway.policy.Finding.Severity;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Checks of who may do what that a change takes away, or opens. */
final class Authorization {
  private static final Pattern CHECK =
      Pattern.compile(
          "@(?:PreAuthorize|PostAuthorize|Secured|RolesAllowed|DenyAll|login_required|permission_required|user_passes_test|requires_auth|jwt_required|roles_required|UseGuards|Authorized|Roles|csrf_protect|staff_member_required|admin_required)\\b"
              + "|\\b(?:permission_classes|IsAuthenticated|IsAdminUser|LoginRequiredMixin|PermissionRequiredMixin|get_current_user|requireAuth|isAuthenticated|ensureAuthenticated|ensureLoggedIn|requireRole|requireAdmin|checkPermission|check_permission|checkPermissions|hasRole|hasAnyRole|hasAuthority|hasPermission|has_perm|has_permission|isAdmin|is_admin|verifyToken|verifyJwt|authenticateToken|assertAllowed|checkAccess|authorize|abort_if_not|passport\\.authenticate|check_object_permissions|object_permissions|\\.authenticated)\\b");

  private static final Pattern OPENING =
      Pattern.compile(
          "\\.permitAll\\(\\)|@PermitAll\\b|\\bAllowAny\\b|@csrf_exempt\\b|csrf\\(\\)\\s*\\.disable\\(\\)|csrf\\([^)]{0,40}(?:disable|::disable)|@CrossOrigin\\(\\s*(?:origins\\s*=\\s*)?\"\\*\"|Access-Control-Allow-Origin['\"]\\s*,\\s*['\"]\\*|\\bcors\\(\\s*\\)|@Public\\(\\)|WTF_CSRF_ENABLED\\s*=\\s*False|ALLOWED_HOSTS\\s*=\\s*\\[\\s*['\"]\\*|authorizeHttpRequests\\([^)]{0,80}anyRequest\\(\\)\\.permitAll|algorithms?['\"]?\\s*[:=]\\s*\\[?\\s*['\"]none['\"]");

  private static final List<String> SIGNS =
      List.of(
          "uth",
          "erm",
          "ecured",
          "ole",
          "ogin",
          "csrf",
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
          "Allow");

  private Authorization() {}

  static void inspect(ChangedFile file, Findings findings) {
    for (Row row : file.added()) {
      if (mayHold(row.code()) && OPENING.matcher(row.code()).find()) {
        findings.add(
            "security.authorization", Severity.HIGH, file, row, "opens what was protected");
      }
    }
    List<Row> deleted = file.deleted();
    Map<String, Integer> gone = new HashMap<>();
    count(deleted, gone, 1);
    if (gone.isEmpty()) {
      return;
    }
    count(file.added(), gone, -1);
    gone.forEach(
        (check, times) -> {
          if (times > 0) {
            findings.add(
                "security.authorization",
                Severity.HIGH,
                file.path(),
                "takes away a check of who may do this: " + check);
          }
        });
  }

  private static boolean mayHold(String code) {
    return SIGNS.stream().anyMatch(code::contains);
  }

  private static void count(List<Row> rows, Map<String, Integer> counts, int step) {
    for (Row row : rows) {
      String code = row.code().strip();
      if (!mayHold(code) || code.startsWith("import ") || code.startsWith("from ")) {
        continue;
      }
      Matcher check = CHECK.matcher(row.code());
      while (check.find()) {
        counts.merge(check.group(), step, Integer::sum);
      }
    }
  }
}

package dev.slipway.app.detectors.code;

import dev.slipway.policy.Finding.Severity;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Settings that let everybody in, given as arguments. */
final class Rights {
  private static final Set<String> CHMOD =
      Set.of("os.chmod", "fs.chmod", "fs.chmodSync", "fsp.chmod");
  private static final Pattern WRITABLE = Pattern.compile("\\b0o?[0-7]?[0-7][0-7][2367]\\b");
  private static final Pattern DEBUG = Pattern.compile("debug\\s*=\\s*True");
  private static final Set<String> COOKIES =
      Set.of("set_cookie", "setCookie", "setcookie", "set_Cookie", "cookie");
  private static final Pattern OPEN_COOKIE =
      Pattern.compile(
          "httponly\\s*=\\s*False|secure\\s*=\\s*False|httpOnly\\s*:\\s*false|secure\\s*:\\s*false");

  private Rights() {}

  static Optional<Danger> of(Call call) {
    String text = call.text();
    boolean files = CHMOD.contains(call.callee()) && WRITABLE.matcher(text).find();
    if (files || call.callee().equals("tempfile.mktemp")) {
      return Optional.of(
          Danger.security("file-rights", Severity.MEDIUM, "a file that everybody may write"));
    }
    boolean debug =
        (call.callee().equals("app.run") || call.callee().equals("application.run"))
            && DEBUG.matcher(text).find();
    boolean cookie = COOKIES.contains(call.name()) && OPEN_COOKIE.matcher(text).find();
    boolean servlet =
        (call.name().equals("setHttpOnly") || call.name().equals("setSecure"))
            && text.replaceAll("\\s", "").equals("(false)");
    if (debug) {
      return Optional.of(
          Danger.security("debug-mode", Severity.HIGH, "a debugger that runs what visitors type"));
    }
    return cookie || servlet
        ? Optional.of(
            Danger.security(
                "cookie-rights", Severity.MEDIUM, "a cookie that scripts or listeners can read"))
        : Optional.empty();
  }
}

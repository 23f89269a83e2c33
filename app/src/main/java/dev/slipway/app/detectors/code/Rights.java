package dev.slipway.app.detectors.code;

import dev.slipway.policy.Finding.Severity;
import java.util.Optional;

/** Settings that let everybody in, given as arguments. */
final class Rights {
  private Rights() {}

  static Optional<Danger> of(Call call) {
    String text = call.text();
    boolean files =
        (call.callee().equals("os.chmod") || call.callee().matches("(?:fs|fsp)\\.chmod(?:Sync)?"))
            && text.matches("(?s).*\\b0o?[0-7]?[0-7][0-7][2367]\\b.*");
    if (files || call.callee().equals("tempfile.mktemp")) {
      return Optional.of(
          Danger.security("file-rights", Severity.MEDIUM, "a file that everybody may write"));
    }
    boolean debug =
        call.callee().matches("(?:app|application)\\.run")
            && text.matches("(?s).*debug\\s*=\\s*True.*");
    boolean cookie =
        call.name().matches("set_?[cC]ookie|cookie")
            && text.matches(
                "(?s).*(?:httponly\\s*=\\s*False|secure\\s*=\\s*False|httpOnly\\s*:\\s*false|secure\\s*:\\s*false).*");
    boolean servlet =
        call.name().matches("setHttpOnly|setSecure")
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

package dev.slipway.app.detectors.code;

import dev.slipway.policy.Finding.Severity;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Values that become a page without being escaped. */
final class Markup {
  private static final Set<String> OUTPUTS =
      Set.of(
          "document.write",
          "document.writeln",
          "mark_safe",
          "Markup",
          "insertAdjacentHTML",
          "SafeString",
          "Template",
          "jinja2.Markup",
          "markupsafe.Markup",
          "$sce.trustAsHtml");

  private static final Set<String> BYPASSES =
      Set.of(
          "bypassSecurityTrustHtml",
          "bypassSecurityTrustScript",
          "bypassSecurityTrustUrl",
          "bypassSecurityTrustResourceUrl",
          "trustAsHtml");

  private static final Pattern UNESCAPED = Pattern.compile("autoescape\\s*=\\s*False");

  private static final Pattern CLEANED = Pattern.compile("DOMPurify|sanitize|escape\\(|bleach");

  private Markup() {}

  static Optional<Danger> of(Call call) {
    boolean written =
        (OUTPUTS.contains(call.callee()) || OUTPUTS.contains(call.name()))
            && (call.isFedByParts() || Outside.feeds(call) || isBare(call));
    boolean bypassed = BYPASSES.contains(call.name()) && call.isFedByValue();
    boolean jquery =
        Set.of("html", "append", "prepend").contains(call.name())
            && call.callee().startsWith("$(")
            && (Outside.feeds(call) || (call.isFedByParts() && call.composed().contains("<")));
    boolean plain = call.name().equals("Environment") && UNESCAPED.matcher(call.text()).find();
    return (written || bypassed || jquery || plain) && !CLEANED.matcher(call.text()).find()
        ? Optional.of(
            Danger.security("markup-injection", Severity.HIGH, "values become markup unescaped"))
        : Optional.empty();
  }

  private static boolean isBare(Call call) {
    return Set.of("mark_safe", "document.write").contains(call.callee()) && call.isFedByValue();
  }
}

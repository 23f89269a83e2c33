package dev.slipway.app.detectors.code;

import dev.slipway.app.detectors.text.AnyOf;
import dev.slipway.app.detectors.text.ChangedFile;
import dev.slipway.app.detectors.text.Findings;
import dev.slipway.change.FileChange.Hunk;
import dev.slipway.change.FileChange.Line;
import dev.slipway.policy.Finding.Severity;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Functions that decided who may do what, and now say yes to everybody. */
final class AlwaysAllows {
  private static final Pattern YES =
      Pattern.compile(
          "^\\s*(?:return\\s+(?:true|True|nil|null|None)|true|True)\\s*;?\\s*$|=>\\s*true\\s*;?\\s*$|=\\s*true\\s*$");

  private static final AnyOf SIGNS = AnyOf.words("true nil null none");

  private static final Pattern FUNCTION =
      Pattern.compile(
          "\\b(?:def|function|func|fun|fn|boolean|bool|Boolean|const|public|private|protected|async)\\b[^=;]{0,120}?\\b(\\w+[?!]?)\\s*(?:\\(|=\\s*(?:async\\s*)?\\(|:\\s*\\w*\\s*=)");

  /** Names of functions that decide who may do what. */
  private static final Pattern DECIDES =
      Pattern.compile(
          "(?i).*(?:allow|authori[sz]e|permit|permission|access|admin|owner|authenticat|verify|verified|valid(?:ate)?_?(?:token|signature|password|session|csrf|user|jwt|hmac)|check_?(?:token|signature|password|session|csrf|auth|role)|can_?(?:delete|edit|update|view|read|write|create|manage|approve|refund|transfer|export)|has_?(?:role|perm|scope|access)|trusted).*");

  /** What such a decision looks at. */
  private static final Pattern LOOKS_AT =
      Pattern.compile(
          "(?i)\\b\\w*(?:role|owner|admin|perm|scope|signature|hmac|password|token|tenant|user|auth|hash|verify|equals|compare)\\w*");

  private AlwaysAllows() {}

  static void inspect(ChangedFile file, Findings findings) {
    for (Hunk hunk : file.change().hunks()) {
      List<Line> lines = hunk.lines();
      int number = hunk.newStart();
      for (int at = 0; at < lines.size(); at++) {
        Line line = lines.get(at);
        if (line instanceof Line.Added
            && line.text().length() < 300
            && SIGNS.isIn(line.text())
            && YES.matcher(line.text()).find()
            && decided(lines, at)) {
          int here = number;
          file.added().stream()
              .filter(row -> row.number() == here)
              .findFirst()
              .ifPresent(
                  row ->
                      findings.add(
                          "security.authorization",
                          Severity.HIGH,
                          file,
                          row,
                          "what decided who may do this says yes to everybody now"));
        }
        number += line instanceof Line.Deleted ? 0 : 1;
      }
    }
  }

  /** Whether the lines replaced here decided, in a function whose name or whose words say so. */
  private static boolean decided(List<Line> lines, int at) {
    StringBuilder gone = new StringBuilder();
    for (int near = Math.max(0, at - 12); near < Math.min(lines.size(), at + 4); near++) {
      if (lines.get(near) instanceof Line.Deleted deleted && deleted.text().length() < 300) {
        gone.append(deleted.text()).append('\n');
      }
    }
    return LOOKS_AT.matcher(gone).find() && isDecision(lines, at);
  }

  private static boolean isDecision(List<Line> lines, int at) {
    for (int above = at; above >= Math.max(0, at - 25); above--) {
      Line line = lines.get(above);
      if (!(line instanceof Line.Deleted) && line.text().length() < 300) {
        Matcher function = FUNCTION.matcher(line.text());
        if (function.find()) {
          return DECIDES.matcher(function.group(1)).matches();
        }
      }
    }
    return false;
  }
}

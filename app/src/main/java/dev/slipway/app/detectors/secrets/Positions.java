package dev.slipway.app.detectors.secrets;

import dev.slipway.app.detectors.secrets.Sighting.Proof;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Passwords that only their place tells: after a name, in a call that signs in or makes a user. */
final class Positions {
  private static final Pattern CALL =
      Pattern.compile(
          "(?i)\\b\\w{0,30}(?:connect(?:ion)?|log_?in|sign_?in|authenticate|basic_?auth|credentials?|(?:create|add|register|new|insert|save|seed)_?\\w{0,20}(?:user|admin|account))\\w{0,10}\\s?\\(\\s*(?:[^()\"'`\\n]{0,80},\\s*|[\"'][^\"'\\n]{0,200}[\"']\\s*,\\s*)?[\"']([^\"'\\s]{2,60})[\"']\\s*,\\s*[\"']([^\"'\\s]{8,80})[\"']");

  private Positions() {}

  /** Two texts after each other, of which the second is long enough. */
  private static final Pattern PAIR = Pattern.compile("[\"']\\s*,\\s*[\"'][^\"'\\s]{8,80}+[\"']");

  private static final int BEFORE = 360;

  static void find(String text, List<Sighting> out) {
    Matcher pair = PAIR.matcher(text);
    while (pair.find()) {
      int from = Math.max(text.lastIndexOf('\n', pair.start()) + 1, pair.start() - BEFORE);
      if (mayHold(text.substring(from, pair.start()))) {
        Matcher call = CALL.matcher(text).region(from, pair.end());
        if (call.find() && call.end() == pair.end()) {
          add(call, out);
        }
      }
    }
  }

  private static void add(Matcher call, List<Sighting> out) {
    String value = call.group(2);
    if (Randomness.classes(value) >= 3 && Values.isPassword(value)) {
      out.add(
          new Sighting(
              "password", "hard-coded password", Proof.CONTEXT, call.start(2), call.end(2), value));
    }
  }

  private static boolean mayHold(String before) {
    String lower = before.toLowerCase(Locale.ROOT);
    return List.of("connect", "log", "sign", "auth", "credential", "user", "admin", "account")
        .stream()
        .anyMatch(lower::contains);
  }
}

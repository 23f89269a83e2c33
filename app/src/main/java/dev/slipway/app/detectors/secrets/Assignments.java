package dev.slipway.app.detectors.secrets;

import dev.slipway.app.detectors.secrets.Sighting.Proof;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Values given to names that sound like secrets, in any notation: assignments, map entries, setter
 * calls, YAML, properties, environment files, XML, headers, command lines.
 */
final class Assignments {
  private static final List<String> STEMS =
      List.of(
          "pass", "pwd", "secret", "token", "key", "credential", "authorization", "psk", "bearer");

  /** Files in which a value without quotes is an expression, not text. */
  private static final Set<String> CODE =
      Set.of(
          "java", "kt", "kts", "scala", "groovy", "gradle", "py", "js", "jsx", "mjs", "cjs", "ts",
          "tsx", "go", "rs", "rb", "php", "cs", "c", "h", "cc", "cpp", "hpp", "m", "mm", "swift",
          "ex", "exs", "erl", "clj", "dart", "lua", "pl", "pm", "r", "jl", "hs", "ml", "vue",
          "svelte", "sql", "json", "tf", "hcl", "html", "htm", "css", "scss", "proto", "graphql",
          "ipynb", "bicep");

  private static final int NAME_MAX = 100;
  private static final int BARE_MAX = 512;

  /** Calls that keep what they are given, unlike those that look a secret up by its name. */
  private static final String WRAPPER =
      "(?:new[ ](?:Secret|String|Password)\\w{0,20}+|String::from|Some|Secret(?:Str(?:ing)?)?"
          + "|Buffer\\.from|(?:base64\\.)?b64decode|atob|Redacted)";

  /** From the end of a name to its value: quotes, brackets, a type, a separator, a call. */
  private static final Pattern LINK =
      Pattern.compile(
          "[\"'`]?+[\\])]?+[ \\t]{0,20}+"
              + "(?:(?<attribute>[ \\t\\n]{0,20}+[vV]alue[ \\t]?+=)"
              + "|(?<close>/?+>)"
              + "|(?::[ \\t]{0,4}+[&\\w.<>?'\\[\\]]{1,40}+[ \\t]{0,4}+=(?!=))"
              + "|(?<strong>===?|=>|:=|\\?=|=|:|<-)"
              + "|(?<weak>[,(]))"
              + "[ \\t]{0,40}+(?:[>|][+-]?+[ \\t]{0,4}+)?+(?:\\n[ \\t]{0,80}+)?+"
              + "(?:"
              + WRAPPER
              + "\\([ \\t]?+)?+(?:[bBrRuUfFL@]{1,2}+(?=[\"'`]))?+");

  /**
   * A name followed by nothing but space, as in {@code ENV NAME value} and {@code --name value}.
   */
  private static final Pattern SPACED = Pattern.compile("[ \\t]{1,8}+(?=[^\\s=:])");

  private static final Pattern SCHEME =
      Pattern.compile(
          "(?i)(bearer|basic|token|apikey|api-key)[ \\t]{1,4}+([A-Za-z0-9._~+/=-]{8,2000}+)");

  private final String path;
  private final String text;
  private final boolean isCode;

  private Assignments(String path, String text) {
    this.path = path;
    this.text = text;
    this.isCode = CODE.contains(path.substring(path.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
  }

  static void find(String path, String text, List<Sighting> out) {
    Assignments assignments = new Assignments(path, text);
    String lower = text.toLowerCase(Locale.ROOT);
    if (lower.length() != text.length()) {
      // Some letter changes its length with its case; positions must stay the same.
      lower = asciiLower(text);
    }
    for (String stem : STEMS) {
      int at = lower.indexOf(stem);
      while (at >= 0) {
        at = lower.indexOf(stem, assignments.look(at, stem.length(), out));
      }
    }
  }

  private static String asciiLower(String text) {
    StringBuilder lower = new StringBuilder(text.length());
    text.chars().forEach(c -> lower.append((char) (c >= 'A' && c <= 'Z' ? c + 32 : c)));
    return lower.toString();
  }

  /** Looks at the name around a stem; returns where to go on. */
  private int look(int at, int stem, List<Sighting> out) {
    int start = at;
    while (start > 0 && at - start < NAME_MAX && isName(text.charAt(start - 1))) {
      start--;
    }
    int end = at + stem;
    while (end < text.length() && end - at < NAME_MAX && isName(text.charAt(end))) {
      end++;
    }
    if (at - start >= NAME_MAX || end - at >= NAME_MAX) {
      return Math.max(end, at + stem);
    }
    SecretName name = SecretName.of(text.substring(start, end));
    if (name != SecretName.NONE) {
      value(name, start, end, out);
    }
    return end;
  }

  private void value(SecretName name, int start, int end, List<Sighting> out) {
    Matcher link = LINK.matcher(text).region(end, Math.min(text.length(), end + 300));
    boolean spaced = false;
    boolean weak = false;
    boolean close = false;
    int at;
    if (link.lookingAt()) {
      at = link.end();
      weak = link.group("weak") != null && !isSetter(start, end) && !isDefined(start);
      close = link.group("close") != null;
    } else {
      Matcher space = SPACED.matcher(text).region(end, Math.min(text.length(), end + 20));
      if (!space.lookingAt() || !takesNextWord(start)) {
        return;
      }
      at = space.end();
      spaced = true;
    }
    if (at >= text.length()) {
      return;
    }
    int[] range = valueRange(name, start, at, close || spaced);
    if (range[1] > range[0]) {
      judge(name, weak, range[0], range[1], out);
    }
  }

  /** Start and end of the value that begins here; equal if there is none. */
  private int[] valueRange(SecretName name, int nameStart, int at, boolean bare) {
    char first = text.charAt(at);
    if (first == '"' || first == '\'' || first == '`') {
      int open = text.startsWith(("" + first).repeat(3), at) ? at + 3 : at + 1;
      return new int[] {open, closing(first, open)};
    }
    boolean query = nameStart > 0 && "?&".indexOf(text.charAt(nameStart - 1)) >= 0;
    if (!isCode || bare || query || name == SecretName.AUTHORIZATION) {
      return new int[] {at, bareEnd(at, name)};
    }
    return new int[] {at, at};
  }

  private int closing(char quote, int open) {
    int end = open;
    int limit = Math.min(text.length(), open + 4_096);
    while (end < limit && text.charAt(end) != quote && text.charAt(end) != '\n') {
      end += text.charAt(end) == '\\' ? 2 : 1;
    }
    return end < limit && text.charAt(end) == quote ? end : open;
  }

  private int bareEnd(int at, SecretName name) {
    String stop = name == SecretName.AUTHORIZATION ? "\n\"'`<>\\" : " \t\n\"'`<>&\\";
    int end = at;
    int limit = Math.min(text.length(), at + BARE_MAX);
    while (end < limit && stop.indexOf(text.charAt(end)) < 0 && !isNextAssignment(end)) {
      end++;
    }
    while (end > at && ",;)".indexOf(text.charAt(end - 1)) >= 0) {
      end--;
    }
    return end;
  }

  /** An equals sign with more to come; padding of base 64 has nothing but its like after it. */
  private boolean isNextAssignment(int at) {
    return text.charAt(at) == '='
        && at + 1 < text.length()
        && Character.isLetterOrDigit(text.charAt(at + 1));
  }

  private void judge(SecretName name, boolean weak, int start, int end, List<Sighting> out) {
    String value = text.substring(start, end);
    switch (name) {
      case PASSWORD -> {
        if (weak ? isStrong(value) : Values.isPassword(value)) {
          add("password", "hard-coded password", start, end, value, out);
        }
      }
      case KEY -> {
        String bareValue = withoutScheme(value);
        if (weak ? isStrong(bareValue) : Values.isRandomSecret(bareValue)) {
          add("generic", "hard-coded key, secret or token", start, end, bareValue, out);
        }
      }
      case AUTHORIZATION -> authorization(value, start, out);
      case NONE -> {}
    }
  }

  private void authorization(String value, int start, List<Sighting> out) {
    Matcher scheme = SCHEME.matcher(value);
    if (!scheme.lookingAt()) {
      return;
    }
    String credential = scheme.group(2);
    boolean secret =
        scheme.group(1).equalsIgnoreCase("basic")
            ? SecretChecks.isUserAndPassword(credential)
            : Values.isRandomSecret(credential) && !isShownJwt(credential);
    if (secret) {
      add(
          "authorization-header",
          "credential in an Authorization header",
          start + scheme.start(2),
          start + scheme.end(2),
          credential,
          out);
    }
  }

  /** A token of which everybody can read that it is one of documentation. */
  private static boolean isShownJwt(String credential) {
    return credential.startsWith("eyJ")
        && credential.chars().filter(c -> c == '.').count() == 2
        && !SecretChecks.isLiveJwt(credential);
  }

  private static String withoutScheme(String value) {
    Matcher scheme = SCHEME.matcher(value);
    return scheme.matches() ? scheme.group(2) : value;
  }

  private static boolean isStrong(String value) {
    return value.length() >= 20
        && Randomness.classes(value) >= 2
        && Values.isRandomSecret(value)
        && Randomness.wordShare(value) < 0.35;
  }

  private static void add(
      String rule, String label, int start, int end, String value, List<Sighting> out) {
    out.add(new Sighting(rule, label, Proof.CONTEXT, start, end, value));
  }

  /** {@code setPassword("…")}, {@code .password("…")}, {@code withToken("…")}. */
  private boolean isSetter(int start, int end) {
    if (end >= text.length() || text.charAt(end) != '(') {
      return false;
    }
    String name = text.substring(start, end);
    String last = name.substring(name.lastIndexOf('.') + 1);
    return last.length() < name.length() || last.startsWith("set") || last.startsWith("with");
  }

  /** {@code define("NAME", "value")}. */
  private boolean isDefined(int start) {
    return text.startsWith("define(", Math.max(0, start - 8))
        || text.startsWith("define( ", Math.max(0, start - 9));
  }

  private boolean takesNextWord(int start) {
    String before = text.substring(Math.max(0, start - 40), start).stripTrailing();
    boolean option = text.startsWith("--", start);
    boolean docker = before.endsWith("\nENV") || before.endsWith("\nARG") || before.equals("ENV");
    boolean netrc = path.endsWith("netrc") || path.endsWith(".pgpass");
    return option || docker || netrc;
  }

  private static boolean isName(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '_'
        || c == '-'
        || c == '.';
  }
}

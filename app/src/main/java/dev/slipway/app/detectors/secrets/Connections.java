package dev.slipway.app.detectors.secrets;

import dev.slipway.app.detectors.secrets.Sighting.Proof;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Passwords in URLs ({@code scheme://user:password@host}) and in connection strings ({@code
 * Server=…;Password=…}).
 */
final class Connections {
  private static final Pattern AUTHORITY =
      Pattern.compile(
          "://([^\\s:/@\"'`<>|\\\\]{0,100}+):([^\\s\"'`<>|\\\\]{1,200}+)", Pattern.DOTALL);

  private static final Pattern KEYWORD =
      Pattern.compile("(?i)(?:password|pwd)\\s{0,3}+=\\s{0,3}+([^;\"'`\\s<>]{1,200}+)");

  private static final Pattern COMPANION =
      Pattern.compile(
          "(?i)(?:server|data source|host|database|initial catalog|user"
              + " id|uid|username|user)\\s{0,3}+=");

  private static final Pattern HOST =
      Pattern.compile("(?i)(?:server|data source|host)\\s{0,3}+=\\s{0,3}+([^;,\"'\\s]{1,200}+)");

  private static final int URL_MAX = 400;

  private static final Set<String> LOCAL =
      Set.of(
          "localhost",
          "127.0.0.1",
          "0.0.0.0",
          "[::1]",
          "host.docker.internal",
          "db",
          "database",
          "postgres",
          "postgresql",
          "mysql",
          "mariadb",
          "mongo",
          "mongodb",
          "redis",
          "rabbitmq",
          "rabbit",
          "elasticsearch",
          "minio",
          "kafka",
          "host",
          "hostname",
          "server",
          "");

  private Connections() {}

  /** {@code host=… user=… password=… dbname=…}, as libpq and its kin take it. */
  private static final Pattern WORDS =
      Pattern.compile("\\b(?:[pP]assword|PASSWORD|[pP]wd|PWD)=([^;\"'`\\s<>&]{1,200}+)");

  private static final Pattern WORDS_AROUND =
      Pattern.compile("(?i)\\b(?:host|hostaddr|user|dbname|database|port)=[^\\s\"'`]{1,100}");

  static void find(String text, List<Sighting> out) {
    urls(text, out);
    connectionStrings(text, out);
    words(text, out);
  }

  private static void words(String text, List<Sighting> out) {
    if (!text.contains("=")) {
      return;
    }
    Matcher password = WORDS.matcher(text);
    while (password.find()) {
      int from = Math.max(text.lastIndexOf('\n', password.start()), password.start() - 300);
      int end = text.indexOf('\n', password.end());
      int to = Math.min(end < 0 ? text.length() : end, password.end() + 300);
      String line = text.substring(Math.max(0, from), to);
      Matcher around = WORDS_AROUND.matcher(line);
      // Parameters of a function look alike, but stand in no quotes.
      boolean isText =
          line.indexOf('(') < 0
              || line.substring(0, password.start() - Math.max(0, from)).matches("(?s).*[\"'`].*");
      if (isText
          && around.find()
          && around.find()
          && isSecret(password.group(1), hostIn(line), "")) {
        out.add(sighting(password));
      }
    }
  }

  private static void urls(String text, List<Sighting> out) {
    int sign = text.indexOf('@');
    for (int at = text.indexOf("://"); at >= 0; at = text.indexOf("://", at + 3)) {
      if (sign >= 0 && sign < at) {
        sign = text.indexOf('@', at);
      }
      if (sign < 0) {
        return;
      }
      if (sign - at > URL_MAX) {
        continue;
      }
      Matcher url = AUTHORITY.matcher(text).region(at, Math.min(text.length(), at + URL_MAX));
      if (!url.lookingAt()) {
        continue;
      }
      String rest = url.group(2);
      int host =
          rest.indexOf('/') < 0
              ? rest.lastIndexOf('@')
              : rest.substring(0, rest.indexOf('/')).lastIndexOf('@');
      if (host < 0) {
        // A slash may stand in a password that somebody did not escape.
        host = rest.indexOf('@');
      }
      if (host > 0 && isSecret(rest.substring(0, host), rest.substring(host + 1), url.group(1))) {
        int start = url.start(2);
        out.add(
            new Sighting(
                "url-password",
                "password in a URL",
                Proof.CONTEXT,
                at,
                start + host,
                rest.substring(0, host)));
      }
    }
  }

  private static void connectionStrings(String text, List<Sighting> out) {
    for (int at = text.indexOf(';'); at >= 0; at = text.indexOf(';', at + 1)) {
      int end = Math.min(text.length(), at + 260);
      Matcher password = KEYWORD.matcher(text).region(skipSpace(text, at + 1), end);
      if (!password.lookingAt() || !hasCompanion(text, at)) {
        continue;
      }
      String value = password.group(1);
      String host = hostIn(text.substring(Math.max(0, at - 300), at));
      if (isSecret(value, host, "")) {
        out.add(sighting(password));
      }
    }
  }

  private static Sighting sighting(Matcher password) {
    return new Sighting(
        "connection-string",
        "password in a connection string",
        Proof.CONTEXT,
        password.start(1),
        password.end(1),
        password.group(1));
  }

  private static boolean hasCompanion(String text, int at) {
    return COMPANION.matcher(text).region(Math.max(0, at - 300), at).find();
  }

  private static String hostIn(String before) {
    Matcher host = HOST.matcher(before);
    return host.find() ? host.group(1) : "unknown";
  }

  private static int skipSpace(String text, int at) {
    int end = at;
    while (end < text.length() && end < at + 3 && text.charAt(end) == ' ') {
      end++;
    }
    return end;
  }

  /** A weak password for one's own machine is a default, not a secret. */
  private static boolean isSecret(String password, String address, String user) {
    String lower = password.toLowerCase(Locale.ROOT);
    if (Values.isReference(password)
        || Values.isMasked(password)
        || Fakes.isPlaceholder(password)
        || Values.isStandIn(lower)
        || lower.equals(user.toLowerCase(Locale.ROOT))) {
      return false;
    }
    String host = address.split("[:/?,]", 2)[0].toLowerCase(Locale.ROOT);
    boolean reserved =
        host.equals("example.com")
            || host.endsWith(".example.com")
            || host.endsWith(".example.org")
            || host.endsWith(".example")
            || host.endsWith(".test")
            || host.endsWith(".invalid")
            || host.endsWith(".local");
    if (LOCAL.contains(host) || reserved) {
      return password.length() >= 16
          && Randomness.bitsPerCharacter(password) >= 3.3
          && Randomness.wordShare(password) < 0.5;
    }
    return password.length() >= 4
        && password.chars().allMatch(c -> c > 32 && c < 127)
        && !Fakes.isTyped(password);
  }
}

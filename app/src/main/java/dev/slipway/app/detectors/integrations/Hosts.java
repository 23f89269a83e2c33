package dev.slipway.app.detectors.integrations;

import dev.slipway.agents.review.FileRole;
import dev.slipway.app.detectors.integrations.Lead.Where;
import dev.slipway.app.detectors.text.ChangedFile;
import dev.slipway.app.detectors.text.Row;
import dev.slipway.app.detectors.text.Syntax;
import dev.slipway.change.Printable;
import dev.slipway.policy.Finding.Severity;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Hosts that code or configuration names, by URL or by a setting that holds an address. */
final class Hosts {
  private static final Set<String> SCHEMES =
      Set.of(
          "http",
          "https",
          "ws",
          "wss",
          "grpc",
          "grpcs",
          "amqp",
          "amqps",
          "redis",
          "rediss",
          "mongodb",
          "mongodb+srv",
          "postgres",
          "postgresql",
          "mysql",
          "mariadb",
          "sqlserver",
          "kafka",
          "smtp",
          "smtps",
          "imap",
          "imaps",
          "ftp",
          "ftps",
          "sftp",
          "ssh",
          "tcp",
          "udp",
          "nats",
          "mqtt",
          "mqtts",
          "ldap",
          "ldaps",
          "clickhouse",
          "cassandra",
          "bolt",
          "neo4j",
          "http2",
          "h2",
          "oracle",
          "memcached",
          "stomp",
          "pulsar",
          "etcd",
          "consul");

  private static final Pattern TEMPLATE =
      Pattern.compile(
          "\\$\\{[^}]{0,200}\\}|\\$\\([^)]{0,200}\\)|\\{\\{.{0,200}?\\}\\}|\\{[^}]{0,200}\\}|<[^>]{0,100}>|%[sdv]|\\$\\w{1,60}|%\\w{1,60}%|#\\{[^}]{0,200}\\}");

  private static final Pattern SETTING =
      Pattern.compile(
          "(?i)(?:host|hostname|endpoint|server|servers|broker|brokers|address|url|uri|domain|bootstrap)"
              + "[\\w.-]{0,20}+[\"']?+\\s{0,4}+(?:=>|[:=])\\s{0,4}+[\"']?+"
              + "((?:[a-z0-9-]{1,63}+\\.){1,6}+(?:com|net|org|io|dev|cloud|app|co|ai|eu|de|uk|fr|us|gov|edu|info|xyz|tech))(?::\\d{2,5}+)?(?![\\w.-])");

  private static final Pattern CHANNEL =
      Pattern.compile(
          "(?:\\bforAddress|\\bforTarget|\\bgrpc\\.(?:Dial|DialContext|NewClient|insecure_channel|secure_channel|aio\\.\\w+_channel)|\\bGrpcChannel\\.ForAddress|\\bChannel::from_static|\\bnew\\s+grpc\\.Client)\\(\\s*(?:\\w+,\\s*)?[\"'](?:dns:///|https?://)?([a-zA-Z][\\w.-]{2,200})");

  private static final List<String> SETTING_WORDS =
      List.of(
          "host", "endpoint", "server", "broker", "address", "url", "uri", "domain", "bootstrap");

  private static final Pattern HOST =
      Pattern.compile("(?:[a-z0-9_](?:[a-z0-9_-]{0,62})\\.){0,10}[a-z0-9](?:[a-z0-9-]{0,62})");

  /** What stands before a URL that names, credits or documents, and is never called. */
  private static final Pattern BOOKKEEPING =
      Pattern.compile(
          "(?i)xmlns|schemaLocation|\\$schema|\\$id\\b|\"@context\"|<!doctype|namespace"
              + "|\\b(?:homepage|repository|bugs|license|licence|author|funding|documentation|docs"
              + "|doc|helpUri|help_url|helpUrl|docs_?url|projectUrl|licenseUrl|issueManagement"
              + "|termsOfService|externalDocs|contact|sourceUrl|changelog|issues|source_code_uri"
              + "|homepage_uri|documentation_uri|@see|@link|copyright|credits?|seeAlso|reference)\\b"
              + "[\"']?\\s{0,4}[:=(>]?");

  private static final Pattern LINK =
      Pattern.compile(
          "(?i)(?:\\bhref|\\bxlink:href|\\bto|\\bcite)\\s{0,2}=\\s{0,2}\\{?\\s{0,2}[\"'`]?$");

  private static final Pattern CALL =
      Pattern.compile("(?i)\\b(?:curl|wget|git|get|post|put|fetch|http|open|connect|ping|nc)\\b");

  /** Files that describe the project or an interface rather than call anything. */
  private static final Set<String> DESCRIPTIONS =
      Set.of(
          "package.json",
          "pom.xml",
          "composer.json",
          "cargo.toml",
          "pyproject.toml",
          "setup.py",
          "setup.cfg",
          "gemfile",
          "go.mod",
          "build.gradle",
          "build.gradle.kts",
          "mix.exs",
          "settings.gradle",
          "settings.gradle.kts",
          "pubspec.yaml",
          "manifest.json",
          "codemeta.json",
          "citation.cff",
          "funding.yml",
          ".npmrc",
          "nuget.config",
          "gradle-wrapper.properties",
          "maven-wrapper.properties",
          "package.swift",
          "podfile",
          "chart.yaml",
          "readme");

  private Hosts() {}

  static void find(ChangedFile file, List<Lead> leads) {
    if (!isCalling(file)) {
      return;
    }
    for (Row row : file.added()) {
      urls(file, row, leads);
      settings(file, row, leads);
      channels(file, row, leads);
    }
  }

  /** Remote calls name a host without a scheme. */
  private static void channels(ChangedFile file, Row row, List<Lead> leads) {
    if (!row.code().contains("grpc")
        && !row.code().contains("hannel")
        && !row.code().contains("Dial")) {
      return;
    }
    Matcher channel = CHANNEL.matcher(row.code());
    while (channel.find()) {
      String host = channel.group(1).toLowerCase(Locale.ROOT);
      if (!Addresses.isNobody(host)) {
        lead(file, row, host, Severity.MEDIUM).ifPresent(leads::add);
      }
    }
  }

  private static boolean isCalling(ChangedFile file) {
    String name = file.name().toLowerCase(Locale.ROOT);
    String path = file.path().toLowerCase(Locale.ROOT);
    boolean page = Pages.isPage(name);
    return file.role() == FileRole.PRODUCTION
        && (file.syntax().kind() != Syntax.Kind.PROSE || page)
        && !DESCRIPTIONS.contains(name)
        && !name.endsWith(".csproj")
        && !name.endsWith(".gemspec")
        && !name.endsWith(".xsd")
        && !name.endsWith(".wsdl")
        && !path.contains("openapi")
        && !path.contains("swagger")
        && !path.contains("/issue_template/")
        && !path.contains("mkdocs");
  }

  private static void urls(ChangedFile file, Row row, List<Lead> leads) {
    String code = row.code();
    for (int at = code.indexOf("://"); at >= 0; at = code.indexOf("://", at + 3)) {
      int start = at;
      while (start > 0 && isSchemeChar(code.charAt(start - 1))) {
        start--;
      }
      String scheme = code.substring(start, at).toLowerCase(Locale.ROOT);
      if (!SCHEMES.contains(scheme)) {
        continue;
      }
      String before = code.substring(Math.max(0, start - 160), start);
      Optional<String> host = host(code, at + 3).filter(h -> !Addresses.isNobody(h));
      if (host.isPresent()) {
        lead(file, row, host.get(), severity(file, before, host.get())).ifPresent(leads::add);
      }
    }
  }

  private static void settings(ChangedFile file, Row row, List<Lead> leads) {
    String lower = row.code().toLowerCase(Locale.ROOT);
    if (SETTING_WORDS.stream().noneMatch(lower::contains)) {
      return;
    }
    Matcher setting = SETTING.matcher(row.code());
    while (setting.find()) {
      String host = setting.group(1).toLowerCase(Locale.ROOT);
      if (!Addresses.isNobody(host)) {
        lead(file, row, host, severity(file, "", host)).ifPresent(leads::add);
      }
    }
  }

  private static Optional<Lead> lead(ChangedFile file, Row row, String host, Severity severity) {
    return Optional.of(
        Lead.named(
            "integration.host",
            severity,
            file,
            row,
            host,
            Where.ANY_FILE,
            "names a host that the base does not know: " + Printable.of(host)));
  }

  private static Severity severity(ChangedFile file, String before, String host) {
    boolean mentioned =
        BOOKKEEPING.matcher(before).find()
            || LINK.matcher(before).find()
            || (Pages.isPage(file.name()) && !Pages.isLoaded(before))
            || isSentence(before);
    if (mentioned) {
      return Severity.INFO;
    }
    String path = file.path().toLowerCase(Locale.ROOT);
    boolean build = path.contains(".github/") || path.contains("gitlab-ci");
    boolean data = isData(path) && !Addresses.isSettingName(before);
    return build || data || Addresses.isCommon(host) ? Severity.LOW : Severity.MEDIUM;
  }

  /** Whether a text that people read leads up to the URL: words in the same string. */
  private static boolean isSentence(String before) {
    int quote =
        Math.max(
            before.lastIndexOf('"'), Math.max(before.lastIndexOf('\''), before.lastIndexOf('`')));
    if (quote < 0) {
      return false;
    }
    String lead = before.substring(quote + 1).strip();
    return lead.contains(" ") && !CALL.matcher(lead).find() && lead.matches("[\\w\\s.,:;()!?-]*+");
  }

  private static boolean isData(String path) {
    return path.endsWith(".json") || path.endsWith(".xml") || path.endsWith(".sql");
  }

  private static boolean isSchemeChar(char c) {
    return c < 128 && (Character.isLetterOrDigit(c) || c == '+' || c == '.' || c == '-');
  }

  /** The host that begins here, or what of it is fixed where a part is filled in. */
  private static Optional<String> host(String code, int start) {
    int end = start;
    while (end < code.length()
        && end - start < 300
        && "/\"'`?\\|;, \t)".indexOf(code.charAt(end)) < 0) {
      end++;
    }
    String authority = TEMPLATE.matcher(code.substring(start, end)).replaceAll("*");
    authority = authority.substring(authority.lastIndexOf('@') + 1);
    authority = authority.split("[#&:]", 2)[0].toLowerCase(Locale.ROOT);
    int filled = authority.lastIndexOf('*');
    if (filled >= 0) {
      authority = authority.substring(filled + 1);
      authority = authority.startsWith(".") ? authority.substring(1) : "";
      if (!authority.contains(".")) {
        return Optional.empty();
      }
    }
    return HOST.matcher(authority).matches() ? Optional.of(authority) : Optional.empty();
  }
}

package dev.slipway.app.detectors.integrations;

import dev.slipway.agents.review.FileRole;
import dev.slipway.app.detectors.integrations.Lead.Where;
import dev.slipway.app.detectors.text.ChangedFile;
import dev.slipway.app.detectors.text.Indented;
import dev.slipway.app.detectors.text.Row;
import dev.slipway.app.detectors.text.Syntax;
import dev.slipway.policy.Finding.Severity;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Environment variables and secrets that code, configuration or deployment reads. */
final class EnvironmentReads {
  private static final String NAME = "([A-Za-z_][A-Za-z0-9_]{1,80}+)";

  private static final Pattern CODE =
      Pattern.compile(
          "(?:\\bgetenv|\\bos\\.environ\\.get|\\bos\\.environ\\.pop|\\bos\\.Getenv|\\bos\\.LookupEnv"
              + "|\\bsyscall\\.Getenv|\\benv::var(?:_os)?|\\boption_env!|\\bDeno\\.env\\.get"
              + "|\\bGetEnvironmentVariable|\\bENV\\.fetch|\\bSystem\\.(?:get_env|fetch_env!?)"
              + "|\\benv(?:\\.(?:str|int|bool|list|url|db|get))?|\\bconfig|\\bfromEnv|\\bsys\\.env(?:\\.get)?"
              + "|\\bDotenv\\w{0,20}\\.get|\\bviper\\.GetString|\\bviper\\.BindEnv)"
              + "\\s{0,2}\\(\\s{0,4}[\"']([A-Z][A-Z0-9_]{2,80}+)[\"']"
              + "|\\bprocess\\.env\\.([A-Za-z_][A-Za-z0-9_]{1,80}+)"
              + "|\\bimport\\.meta\\.env\\.([A-Za-z_][A-Za-z0-9_]{1,80}+)"
              + "|(?:\\bprocess\\.env|\\bos\\.environ|\\bENV|\\$_ENV|\\$_SERVER|\\bBun\\.env|%ENV|\\$ENV)"
              + "\\s{0,1}[\\[{]\\s{0,2}[\"']?"
              + NAME
              + "|\\$env:([A-Z][A-Z0-9_]{2,80}+)");

  /** One of these is in every line that reads the environment. */
  private static final List<String> READS =
      List.of("env", "Env", "ENV", "config(", "viper", "$_SERVER", "Dotenv");

  private static final Pattern DESTRUCTURED =
      Pattern.compile("\\{([^{}]{1,400}+)\\}\\s{0,4}=\\s{0,4}process\\.env\\b");

  private static final Pattern PLACEHOLDER =
      Pattern.compile("\\$\\{(?:env[.:])?([A-Z][A-Z0-9_]{2,80}+)(?::?[-?+:][^}]{0,200})?\\}");

  private static final Pattern WORKFLOW_SECRET =
      Pattern.compile("\\$\\{\\{\\s{0,4}secrets\\.([A-Za-z_][A-Za-z0-9_]{1,80}+)");

  private static final Pattern ENTRY =
      Pattern.compile("^\\s*+-\\s++name\\s*+:\\s*+[\"']?+([A-Z][A-Z0-9_]{2,80}+)[\"']?+\\s*+$");

  private static final Pattern SECRET_REFERENCE =
      Pattern.compile("^\\s*+-?\\s*+(?:secretKeyRef|secretRef|externalSecret)\\s*+:");

  /** What every system sets, and what is nobody's address. */
  private static final Set<String> AMBIENT =
      Set.of(
          "PATH",
          "HOME",
          "USER",
          "USERNAME",
          "PWD",
          "SHELL",
          "TERM",
          "LANG",
          "TZ",
          "TMPDIR",
          "TEMP",
          "TMP",
          "HOSTNAME",
          "EDITOR",
          "DISPLAY",
          "CI",
          "DEBUG",
          "NODE_ENV",
          "RAILS_ENV",
          "RACK_ENV",
          "APP_ENV",
          "ENV",
          "ENVIRONMENT",
          "FLASK_ENV",
          "PORT",
          "HOST",
          "LOG_LEVEL",
          "NO_COLOR",
          "PYTHONPATH",
          "JAVA_HOME",
          "GOPATH",
          "APPDATA",
          "LOCALAPPDATA",
          "USERPROFILE",
          "GITHUB_TOKEN",
          "VERBOSE",
          "MODE",
          "DEV",
          "PROD",
          "SSR",
          "BASE_URL",
          "NODE_OPTIONS",
          "FORCE_COLOR",
          "COLUMNS",
          "LC_ALL",
          "GITHUB_ACTIONS",
          "GITHUB_WORKSPACE",
          "GITHUB_SHA",
          "OUT_DIR",
          "ARTIFACT",
          "VERSION",
          "TAG",
          "HTTP_PROXY",
          "HTTPS_PROXY",
          "NO_PROXY",
          "REQUEST_METHOD",
          "REQUEST_URI",
          "HTTP_HOST",
          "REMOTE_ADDR",
          "SERVER_NAME",
          "DOCUMENT_ROOT",
          "HTTP_USER_AGENT",
          "PUBLIC_URL",
          "APP_URL",
          "SITE_URL");

  private static final Set<String> SERVICE_WORDS =
      Set.of(
          "URL",
          "URI",
          "DSN",
          "ENDPOINT",
          "KEY",
          "TOKEN",
          "SECRET",
          "SECRETS",
          "PASSWORD",
          "PASSWD",
          "PASS",
          "PWD",
          "CREDENTIALS",
          "CREDENTIAL",
          "BUCKET",
          "QUEUE",
          "TOPIC",
          "BROKER",
          "BROKERS",
          "WEBHOOK",
          "HOST",
          "HOSTS",
          "ACCOUNT",
          "DATABASE",
          "ADDR",
          "ADDRESS",
          "SERVER",
          "SERVERS",
          "USERNAME",
          "SID",
          "APIKEY",
          "PROJECT",
          "TABLE",
          "STREAM",
          "CERT",
          "CLIENT",
          "API",
          "DB");

  /** Last words of a name that tunes what is there instead of leading to something new. */
  private static final Set<String> TUNING =
      Set.of(
          "TIMEOUT",
          "MS",
          "SECONDS",
          "SECS",
          "MINUTES",
          "RETRIES",
          "RETRY",
          "ENABLED",
          "DISABLED",
          "ENABLE",
          "DISABLE",
          "LEVEL",
          "SIZE",
          "LIMIT",
          "COUNT",
          "MODE",
          "PREFIX",
          "SUFFIX",
          "TTL",
          "INTERVAL",
          "MAX",
          "MIN",
          "DEBUG",
          "VERSION",
          "PORT",
          "REGION",
          "FORMAT",
          "THREADS",
          "WORKERS",
          "POOL",
          "DELAY",
          "RATE",
          "LENGTH",
          "PATH",
          "DIR",
          "FILE",
          "EXPIRY",
          "AGE");

  private EnvironmentReads() {}

  /** Where packages are published to and fetched from, and what runs on one's own machine. */
  private static final Pattern NOT_DEPLOYED =
      Pattern.compile(
          "(?i)(?:^|/)(?:\\.npmrc|\\.yarnrc(?:\\.yml)?|\\.pypirc|nuget\\.config|gradle\\.properties)$|(?:^|/)(?:docker-)?compose[\\w-]*\\.(?:dev|devel\\w*|local|override|test|ci)\\.ya?ml$");

  /** What a container of a well-known image is set up with. */
  private static final Pattern OF_IMAGE =
      Pattern.compile(
          "(?:POSTGRES|PG|MYSQL|MARIADB|MONGO|REDIS|RABBITMQ_DEFAULT|MINIO_ROOT|KC|KEYCLOAK|KAFKA|ZOOKEEPER|ELASTIC|LOCALSTACK|PGADMIN)_\\w+");

  static void find(ChangedFile file, List<Lead> leads) {
    if (file.role() != FileRole.PRODUCTION
        || file.syntax().kind() == Syntax.Kind.PROSE
        || NOT_DEPLOYED.matcher(file.path()).find()) {
      return;
    }
    String name = file.name().toLowerCase(Locale.ROOT);
    boolean shell = name.endsWith(".sh") || name.endsWith(".bash") || name.equals("makefile");
    boolean code = file.syntax().kind() == Syntax.Kind.CODE;
    List<Row> rows = file.rows();
    for (int i = 0; i < rows.size(); i++) {
      Row row = rows.get(i);
      if (!row.isAdded() || row.code().isBlank()) {
        continue;
      }
      if (code && READS.stream().anyMatch(row.code()::contains)) {
        all(CODE.matcher(row.code()), file, row, leads);
        destructured(file, row, leads);
      } else if (!code && !shell && !name.startsWith(".env")) {
        if (row.code().contains("${")) {
          all(PLACEHOLDER.matcher(row.code()), file, row, leads);
          all(WORKFLOW_SECRET.matcher(row.code()), file, row, leads);
        }
        entry(file, rows, i, leads);
      }
    }
  }

  private static void all(Matcher matcher, ChangedFile file, Row row, List<Lead> leads) {
    while (matcher.find()) {
      for (int group = 1; group <= matcher.groupCount(); group++) {
        if (matcher.group(group) != null) {
          add(matcher.group(group), file, row, leads);
        }
      }
    }
  }

  private static void destructured(ChangedFile file, Row row, List<Lead> leads) {
    Matcher destructured = DESTRUCTURED.matcher(row.code());
    if (destructured.find()) {
      for (String part : destructured.group(1).split(",")) {
        String variable = part.split("[:=]", 2)[0].strip();
        if (variable.matches("[A-Z][A-Z0-9_]{2,80}")) {
          add(variable, file, row, leads);
        }
      }
    }
  }

  private static void entry(ChangedFile file, List<Row> rows, int index, List<Lead> leads) {
    Row row = rows.get(index);
    Matcher entry = ENTRY.matcher(row.code());
    if (entry.find()) {
      add(entry.group(1), file, row, leads);
    }
    if (SECRET_REFERENCE.matcher(row.code()).find()) {
      String key = index + 1 < rows.size() ? rows.get(index + 1).code().strip() : "";
      leads.add(
          Lead.named(
              "integration.secret",
              Severity.MEDIUM,
              file,
              row,
              key.isEmpty() ? row.text().strip() : key,
              Where.DEPLOYMENTS,
              "the deployment hands out a secret that it did not before"));
    }
    boolean compose = file.name().contains("compose");
    if (compose && Indented.parentOf(rows, index).filter("environment"::equals).isPresent()) {
      String variable = row.code().strip().replaceFirst("^-\\s*", "").split("[:=]", 2)[0].strip();
      if (variable.matches("[A-Z][A-Z0-9_]{2,80}") && !OF_IMAGE.matcher(variable).matches()) {
        add(variable, file, row, leads);
      }
    }
  }

  private static void add(String name, ChangedFile file, Row row, List<Lead> leads) {
    String upper = name.toUpperCase(Locale.ROOT);
    if (AMBIENT.contains(upper)
        || upper.startsWith("CI_")
        || upper.startsWith("CARGO_")
        || upper.startsWith("NPM_CONFIG_")
        || upper.startsWith("XDG_")
        || upper.startsWith("GITHUB_")) {
      return;
    }
    leads.add(
        Lead.named(
            "integration.environment",
            leadsSomewhere(upper) ? Severity.MEDIUM : Severity.LOW,
            file,
            row,
            name,
            Where.ANY_FILE,
            "reads " + name + " from the environment, which nothing read before"));
  }

  private static boolean leadsSomewhere(String name) {
    List<String> words = Arrays.asList(name.split("_"));
    return words.stream().anyMatch(SERVICE_WORDS::contains) && !TUNING.contains(words.getLast());
  }
}

package dev.slipway.app.detectors.workflows;

import dev.slipway.app.detectors.text.ChangedFile;
import dev.slipway.app.detectors.text.Findings;
import dev.slipway.app.detectors.text.Row;
import dev.slipway.change.Printable;
import dev.slipway.policy.Finding.Severity;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where packages come from: a further registry can answer for any package, and a dependency on a
 * repository or an address passes by the registry and its checks.
 */
final class Registries implements Check {
  private static final String URL = "[\"'(= ]*+(https?://[^\\s\"'<>)]{1,300}+)";

  private static final List<Source> SOURCES =
      List.of(
          new Source(
              Set.of(".npmrc", ".yarnrc", ".yarnrc.yml", "bunfig.toml"),
              Pattern.compile("(?:registry|npmRegistryServer)[\"']?\\s*+[:=]?\\s*+" + URL)),
          new Source(
              Set.of(
                  "pip.conf",
                  "pip.ini",
                  "pyproject.toml",
                  "pipfile",
                  "uv.toml",
                  "poetry.toml",
                  "requirements.txt",
                  "dockerfile"),
              Pattern.compile(
                  "(?:--(?:extra-)?index-url|--find-links|(?:^|\\s)-i|index-url|extra-index-url"
                      + "|index_url|^\\s*+url|default-index)\\s*+=?\\s*+"
                      + URL)),
          new Source(Set.of("gemfile"), Pattern.compile("^\\s*+source\\b\\s*+" + URL)),
          new Source(Set.of("composer.json"), Pattern.compile("\"url\"\\s*+:\\s*+" + URL)),
          new Source(
              Set.of("nuget.config"),
              Pattern.compile("<add\\b[^>]{0,120}\\bvalue\\s*+=\\s*+" + URL)),
          new Source(
              Set.of("config.toml"), Pattern.compile("^\\s*+(?:registry|index)\\s*+=\\s*+" + URL)),
          new Source(Set.of("settings.xml", "pom.xml"), Pattern.compile("<url>\\s*+" + URL)),
          new Source(
              Set.of(".gradle", ".gradle.kts"),
              Pattern.compile("\\burl\\s*+(?:=\\s*+)?(?:uri)?\\s*+\\(?\\s*+" + URL)));

  /** The registries everybody uses, and public ones that many projects add. */
  private static final List<String> DEFAULTS =
      List.of(
          "registry.npmjs.org",
          "registry.yarnpkg.com",
          "pypi.org",
          "files.pythonhosted.org",
          "rubygems.org",
          "api.nuget.org",
          "www.nuget.org",
          "repo.maven.apache.org",
          "repo1.maven.org",
          "plugins.gradle.org",
          "index.crates.io",
          "static.crates.io");

  private static final List<String> COMMON =
      List.of(
          "repo.spring.io",
          "maven.google.com",
          "dl.google.com",
          "oss.sonatype.org",
          "s01.oss.sonatype.org",
          "central.sonatype.com",
          "packages.confluent.io",
          "repository.apache.org",
          "repo.jenkins-ci.org",
          "download.pytorch.org",
          "npm.pkg.github.com",
          "maven.pkg.github.com",
          "jitpack.io",
          "artifacts.elastic.co",
          "packagist.org",
          "repo.packagist.org",
          "github.com",
          "gitlab.com");

  private static final Pattern REMOTE_DEPENDENCY =
      Pattern.compile(
          "\"[@\\w./-]{1,200}+\"\\s*+:\\s*+\"((?:git\\+[a-z]{2,6}|git|ssh)://[^\"]{1,300}+"
              + "|(?:github|gitlab|bitbucket|gist):[^\"]{1,200}+"
              + "|https?://[^\"]{1,300}+(?<=\\.tgz|\\.tar\\.gz|\\.git|\\.zip))\"");
  private static final Pattern REMOTE_PYTHON =
      Pattern.compile(
          "(git\\+[a-z]{3,6}://\\S{1,300}+)|(?:^|@\\s{0,4}+|\")(https?://[^\\s\"]{1,300}+(?<=\\.whl|\\.gz|\\.zip))");
  private static final Pattern REMOTE_KEY =
      Pattern.compile(
          "(?:\\bgit|\\bgithub|:git|:github)\\s*+(?:=>|=|:)\\s*+[\"']([^\"']{1,300}+)[\"']");
  private static final Pattern REMOTE_REPLACE =
      Pattern.compile(
          "(?:^\\s*+replace\\s|^\\s++)\\S{1,200}+\\s[^=]{0,60}=>\\s*+([\\w-]{1,60}+\\.\\S{1,200}+)");

  private static final Pattern BOOKKEEPING =
      Pattern.compile("\"(?:url|homepage|repository|bugs|funding|\\$schema|author)\"\\s*+:");

  private record Source(Set<String> names, Pattern pattern) {
    boolean isIn(String name) {
      return names.contains(name)
          || names.stream().anyMatch(n -> n.startsWith(".gradle") && name.endsWith(n))
          || (names.contains("requirements.txt") && name.startsWith("requirements"))
          || (names.contains("dockerfile") && Dockerfiles.isDockerfile(name));
    }
  }

  @Override
  public void inspect(ChangedFile file, Findings findings) {
    String name = file.name().toLowerCase(Locale.ROOT);
    for (Source source : SOURCES) {
      if (source.isIn(name)) {
        List<Row> rows = file.wholeRows();
        for (int i = 0; i < rows.size(); i++) {
          if (rows.get(i).isAdded() && isSource(name, rows, i)) {
            source(file, rows.get(i), source.pattern(), findings);
          }
        }
      }
    }
    dependencyPattern(name)
        .ifPresent(
            pattern -> file.added().forEach(row -> dependency(file, row, pattern, findings)));
    if (name.endsWith(".gradle") || name.endsWith(".gradle.kts")) {
      file.added().stream()
          .filter(row -> row.code().replace(" ", "").contains("llowInsecureProtocol=true"))
          .forEach(row -> insecure(file, row, findings));
    }
  }

  private static void source(ChangedFile file, Row row, Pattern pattern, Findings findings) {
    Matcher source = pattern.matcher(row.code());
    if (!source.find()) {
      return;
    }
    String url = source.group(1);
    String host = host(url);
    boolean plain = url.startsWith("http://") && !host.startsWith("localhost");
    if (plain) {
      insecure(file, row, findings);
    } else if (!DEFAULTS.contains(host) && !isKnown(file, host)) {
      findings.add(
          "supply.registry",
          COMMON.contains(host) ? Severity.MEDIUM : Severity.HIGH,
          file,
          row,
          "packages may come from a further place: " + Printable.of(host));
    }
  }

  private static void insecure(ChangedFile file, Row row, Findings findings) {
    findings.add(
        "supply.insecure-registry",
        Severity.HIGH,
        file,
        row,
        "packages are fetched over a connection that anyone on the way can change");
  }

  /** Where a file names other addresses too, what stands around tells which this is. */
  private static boolean isSource(String name, List<Row> rows, int index) {
    if (name.equals("composer.json")) {
      return rows.subList(Math.max(0, index - 12), index + 1).stream()
          .anyMatch(row -> row.code().contains("\"repositories\""));
    }
    return !name.endsWith(".xml") || isInRepository(rows, index);
  }

  private static boolean isInRepository(List<Row> rows, int index) {
    for (int above = index - 1; above >= Math.max(0, index - 10); above--) {
      String code = rows.get(above).code();
      if (code.contains("<repository>")
          || code.contains("<pluginRepository>")
          || code.contains("<mirror>")) {
        return true;
      }
      if (code.contains("</") && !code.contains("<id>") && !code.contains("<name>")) {
        return false;
      }
    }
    return rows.get(index).code().contains("<repository>");
  }

  private static Optional<Pattern> dependencyPattern(String name) {
    if (name.equals("package.json")) {
      return Optional.of(REMOTE_DEPENDENCY);
    }
    if (name.startsWith("requirements") || name.equals("setup.py") || name.equals("setup.cfg")) {
      return Optional.of(REMOTE_PYTHON);
    }
    if (name.equals("go.mod")) {
      return Optional.of(REMOTE_REPLACE);
    }
    boolean keyed =
        Set.of("pyproject.toml", "pipfile", "cargo.toml", "gemfile", "mix.exs").contains(name);
    return keyed ? Optional.of(REMOTE_KEY) : Optional.empty();
  }

  private static void dependency(ChangedFile file, Row row, Pattern pattern, Findings findings) {
    Matcher dependency = pattern.matcher(row.code());
    if (!dependency.find()) {
      return;
    }
    String from = dependency.group(1) != null ? dependency.group(1) : dependency.group(2);
    if (isBookkeeping(row.code())) {
      return;
    }
    String place = from.split("[#@]", 2)[0];
    boolean known = place.length() > 10 && isKnown(file, place);
    findings.add(
        "supply.remote-dependency",
        known ? Severity.LOW : Severity.HIGH,
        file,
        row,
        "a dependency does not come from the registry: " + Printable.of(from));
  }

  /** Keys that say where the project itself lives. */
  private static boolean isBookkeeping(String code) {
    return BOOKKEEPING.matcher(code).find();
  }

  /** Whether the file had it before, as far as that is in view. */
  private static boolean isKnown(ChangedFile file, String text) {
    return file.before().filter(before -> before.contains(text)).isPresent()
        || file.deleted().stream().anyMatch(row -> row.text().contains(text))
        || file.rows().stream().anyMatch(row -> !row.isAdded() && row.text().contains(text));
  }

  static String host(String url) {
    String rest = url.substring(url.indexOf("://") + 3);
    String authority = rest.split("[/?#]", 2)[0];
    return authority.substring(authority.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT);
  }
}

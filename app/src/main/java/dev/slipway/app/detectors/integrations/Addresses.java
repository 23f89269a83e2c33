package dev.slipway.app.detectors.integrations;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Hosts that are nobody, and hosts that every build talks to. */
final class Addresses {
  /** Names reserved for documentation and tests (RFC 2606, RFC 6761), and one's own machine. */
  private static final List<String> RESERVED =
      List.of(
          "example",
          "test",
          "invalid",
          "localhost",
          "example.com",
          "example.org",
          "example.net",
          "local",
          "localdomain",
          "host.docker.internal",
          "foo.com",
          "bar.com",
          "acme.test",
          "domain.com",
          "yourdomain.com",
          "your-domain.com",
          "mydomain.com",
          "company.com",
          "yourcompany.com",
          "somewhere.com",
          "website.com");

  /** Names that identify a vocabulary or a licence and are never called. */
  private static final List<String> VOCABULARIES =
      List.of(
          "w3.org",
          "xmlsoap.org",
          "json-schema.org",
          "schema.org",
          "purl.org",
          "xml.org",
          "ns.adobe.com",
          "java.sun.com",
          "xmlns.jcp.org",
          "xmlns.oracle.com",
          "xml.apache.org",
          "schemas.microsoft.com",
          "schemas.openxmlformats.org",
          "schemas.android.com",
          "schemas.xmlsoap.org",
          "maven.apache.org",
          "www.apache.org",
          "apache.org",
          "opensource.org",
          "creativecommons.org",
          "gnu.org",
          "fsf.org",
          "spdx.org",
          "mozilla.org",
          "semver.org",
          "keepachangelog.com",
          "conventionalcommits.org",
          "ietf.org",
          "rfc-editor.org",
          "tools.ietf.org",
          "datatracker.ietf.org",
          "wikipedia.org",
          "stackoverflow.com",
          "www.springframework.org",
          "jakarta.ee",
          "hibernate.org",
          "json.schemastore.org",
          "schemastore.org",
          "img.shields.io",
          "shields.io",
          "ogp.me",
          "www.sitemaps.org",
          "docs.microsoft.com",
          "learn.microsoft.com",
          "aka.ms",
          "developer.mozilla.org",
          "caniuse.com",
          "unicode.org",
          "iana.org",
          "openxmlformats.org",
          "inkscape.org",
          "sodipodi.sourceforge.net",
          "www.sonarsource.com",
          "eslint.org",
          "readthedocs.io",
          "godoc.org",
          "pkg.go.dev",
          "docs.rs",
          "javadoc.io",
          "goo.gl",
          "bit.ly",
          "mathworks.com",
          "puppycrawl.com",
          "checkstyle.org",
          "www.puppycrawl.com",
          "asm.ow2.io");

  private static final List<String> COMMON =
      List.of(
          "github.com",
          "raw.githubusercontent.com",
          "githubusercontent.com",
          "gitlab.com",
          "registry.npmjs.org",
          "npmjs.com",
          "pypi.org",
          "files.pythonhosted.org",
          "rubygems.org",
          "repo1.maven.org",
          "repo.maven.apache.org",
          "maven.google.com",
          "plugins.gradle.org",
          "services.gradle.org",
          "crates.io",
          "proxy.golang.org",
          "deb.debian.org",
          "archive.ubuntu.com",
          "security.debian.org",
          "dl-cdn.alpinelinux.org",
          "dl.google.com",
          "download.docker.com",
          "get.docker.com",
          "deb.nodesource.com",
          "sh.rustup.rs",
          "nodejs.org",
          "go.dev",
          "archive.apache.org",
          "dlcdn.apache.org",
          "docker.io",
          "ghcr.io",
          "quay.io");

  private static final Pattern LOOPBACK =
      Pattern.compile(
          "127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}|0\\.0\\.0\\.0|\\d{1,3}(?:\\.\\d{1,3}){0,2}");

  private static final Pattern SETTING_NAME =
      Pattern.compile(
          "(?i)(?:url|uri|host|endpoint|server|base|api|webhook|callback|broker|address|proxy|target"
              + "|service)[\\w.-]{0,20}[\"'>]{0,2}\\s{0,4}[:=]?\\s{0,4}[\"']?$");

  private static final Set<String> DOCUMENT_LABELS =
      Set.of("docs", "doc", "help", "support", "wiki");

  private Addresses() {}

  /** Whether nobody outside answers at this host, or nobody is meant to be asked. */
  static boolean isNobody(String host) {
    if (host.endsWith(".svc.cluster.local")) {
      return false; // another service of the same cluster
    }
    return RESERVED.stream().anyMatch(name -> isWithin(host, name))
        || VOCABULARIES.stream().anyMatch(name -> isWithin(host, name))
        || LOOPBACK.matcher(host).matches()
        || DOCUMENT_LABELS.contains(host.split("\\.", 2)[0])
        || host.startsWith("your-")
        || host.startsWith("my-")
        || host.contains("example")
        || host.contains("placeholder");
  }

  /** Whether builds everywhere fetch from this host. */
  static boolean isCommon(String host) {
    return COMMON.stream().anyMatch(name -> isWithin(host, name)) || !host.contains(".");
  }

  /** Whether what stands before a value names a setting that holds an address. */
  static boolean isSettingName(String before) {
    return SETTING_NAME.matcher(before).find();
  }

  private static boolean isWithin(String host, String name) {
    return host.equals(name) || host.endsWith("." + name);
  }
}

package dev.slipway.app.detectors.workflows;

import dev.slipway.agents.review.FileRole;
import dev.slipway.app.detectors.text.ChangedFile;
import dev.slipway.app.detectors.text.Findings;
import dev.slipway.app.detectors.text.Row;
import dev.slipway.app.detectors.text.Row.State;
import dev.slipway.change.FileChange.Hunk;
import dev.slipway.change.FileChange.Line;
import dev.slipway.change.Printable;
import dev.slipway.policy.Finding.Severity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Entries of lock files that say something else than the registry would. */
final class LockEntries implements Check {
  private static final Pattern ADDRESS =
      Pattern.compile(
          "(?:\"resolved\"|\"url\"|\\bresolved|\\btarball|\\burl|\\bremote|\\bsource|\\bregistry)"
              + "\"?\\s*+[:=]?\\s*+[\"'{ ]*+(?:(?:url|registry|git)\\s*+=\\s*+\")?"
              + "(?:registry\\+|sparse\\+)?((?:https?|git\\+[a-z]{3,6}|git|ssh)://[^\\s\"'}]{1,400}+)");

  private static final Set<String> DEFAULTS =
      Set.of(
          "registry.npmjs.org",
          "registry.yarnpkg.com",
          "pypi.org",
          "files.pythonhosted.org",
          "static.crates.io",
          "index.crates.io",
          "rubygems.org",
          "api.github.com",
          "codeload.github.com",
          "packagist.org",
          "repo.packagist.org",
          "api.nuget.org",
          "hex.pm",
          "repo.hex.pm",
          "pub.dev",
          "jsr.io",
          "npm.jsr.io",
          "github.com");

  /** What of a JSON lock's addresses is a package; the others ask for donations. */
  private static final Pattern ARCHIVE =
      Pattern.compile("\\.(?:tgz|gz|zip|git|whl|tar|phar|nupkg)\\b|/zipball/|/tarball/");

  private static final Pattern NPM_ENTRY =
      Pattern.compile(
          "^\\s*+\"(?:[^\"]{0,300}/)?node_modules/((?:@[^/\"]{1,100}/)?[^/\"]{1,200})\"\\s*+:");
  private static final Pattern NPM_PATH =
      Pattern.compile("\"resolved\"\\s*+:\\s*+\"https?://[^/\"]{1,200}+/(.{1,300}?)/-/");
  private static final Pattern VERSION =
      Pattern.compile("^[\\s\"]*+(?:version|resolved)\"?\\s*+[:=]?\\s*+(\\S{1,400}+)");
  private static final Pattern CHECKSUM =
      Pattern.compile(
          "(?:\"integrity\"|\\bintegrity|\\bchecksum|\"shasum\"|\"contentHash\")\"?\\s*+[:=]?\\s*+\"?"
              + "([A-Za-z0-9+/=:_-]{8,200}+)");
  private static final Pattern HEADER =
      Pattern.compile(
          "^\\S.{0,300}:$|^\\s*+\"[^\"]{1,300}+\"\\s*+:\\s*+\\{|^\\[\\[package\\]\\]|^\\s{2}\\S.{0,300}:$");
  private static final Pattern GO_SUM =
      Pattern.compile("^(\\S{1,300}+\\s\\S{1,200}+)\\s(h1:\\S{1,100}+)");

  @Override
  public void inspect(ChangedFile file, Findings findings) {
    if (file.role() != FileRole.LOCK) {
      return;
    }
    Set<String> known = knownHosts(file);
    for (Row row : file.added()) {
      address(file, row, known, findings);
    }
    names(file, findings);
    if (file.name().equals("go.sum")) {
      goSums(file, findings);
    } else {
      file.change().hunks().forEach(hunk -> checksums(file, hunk, findings));
    }
  }

  private static Set<String> knownHosts(ChangedFile file) {
    Set<String> hosts = new HashSet<>(DEFAULTS);
    file.before().ifPresent(text -> text.lines().forEach(line -> collect(line, hosts)));
    file.deleted().forEach(row -> collect(row.text(), hosts));
    file.rows().stream().filter(r -> !r.isAdded()).forEach(row -> collect(row.text(), hosts));
    return hosts;
  }

  private static void collect(String line, Set<String> hosts) {
    Matcher address = ADDRESS.matcher(line.length() > 4_000 ? line.substring(0, 4_000) : line);
    if (address.find()) {
      hosts.add(Registries.host(address.group(1)));
    }
  }

  private static void address(ChangedFile file, Row row, Set<String> known, Findings findings) {
    Matcher address = ADDRESS.matcher(row.text());
    if (!address.find()) {
      return;
    }
    String url = address.group(1);
    String host = Registries.host(url);
    if (row.text().contains("\"url\"") && !ARCHIVE.matcher(url).find()) {
      return;
    }
    if (url.startsWith("http://")) {
      findings.add(
          "lock.registry",
          Severity.HIGH,
          file,
          row,
          "a locked package is fetched over a connection that anyone on the way can change");
    } else if (!known.contains(host)) {
      findings.add(
          "lock.registry",
          Severity.HIGH,
          file,
          row,
          "a locked package comes from a place that the lock file did not name before: "
              + Printable.of(host));
    } else if (url.startsWith("git") || url.startsWith("ssh")) {
      findings.add(
          "lock.remote-dependency",
          Severity.MEDIUM,
          file,
          row,
          "a locked package comes from a repository: " + Printable.of(url));
    }
  }

  /** An entry for one package that is filled with another. */
  private static void names(ChangedFile file, Findings findings) {
    String entry = "";
    for (Row row : file.rows()) {
      Matcher header = NPM_ENTRY.matcher(row.text());
      if (header.find()) {
        entry = header.group(1);
      } else if (row.text().strip().startsWith("\"name\"")) {
        entry = "";
      }
      Matcher path = NPM_PATH.matcher(row.text());
      if (row.isAdded() && !entry.isEmpty() && path.find()) {
        String name = path.group(1).toLowerCase(Locale.ROOT).replace("%2f", "/");
        if (!name.equals(entry.toLowerCase(Locale.ROOT)) && !name.endsWith("/" + entry)) {
          findings.add(
              "lock.other-package",
              Severity.HIGH,
              file,
              row,
              "the entry of " + Printable.of(entry) + " fetches " + Printable.of(name));
        }
      }
    }
  }

  private static void goSums(ChangedFile file, Findings findings) {
    Map<String, String> before = new HashMap<>();
    for (Row row : file.deleted()) {
      Matcher sum = GO_SUM.matcher(row.text());
      if (sum.find()) {
        before.put(sum.group(1), sum.group(2));
      }
    }
    for (Row row : file.added()) {
      Matcher sum = GO_SUM.matcher(row.text());
      if (sum.find() && !before.getOrDefault(sum.group(1), sum.group(2)).equals(sum.group(2))) {
        changedChecksum(file, row, findings);
      }
    }
  }

  /** Within one entry: a checksum that changes or goes while the version stays. */
  private static void checksums(ChangedFile file, Hunk hunk, Findings findings) {
    Entry entry = new Entry();
    int number = hunk.newStart();
    for (Line line : hunk.lines()) {
      if (HEADER.matcher(line.text()).find()) {
        entry.judge(file, findings);
        entry = new Entry();
      }
      entry.read(line, number);
      number += line instanceof Line.Deleted ? 0 : 1;
    }
    entry.judge(file, findings);
  }

  private static void changedChecksum(ChangedFile file, Row row, Findings findings) {
    findings.add(
        "lock.checksum",
        Severity.HIGH,
        file,
        row,
        "the checksum of a version that stays the same changes");
  }

  private static final class Entry {
    private final List<String> versionsBefore = new ArrayList<>();
    private final List<String> versionsAfter = new ArrayList<>();
    private boolean stays;
    private String before = "";
    private String after = "";
    private int place;

    void read(Line line, int number) {
      Matcher checksum = CHECKSUM.matcher(line.text());
      boolean hasChecksum = checksum.find();
      Matcher version = VERSION.matcher(line.text());
      boolean hasVersion = version.find() && !hasChecksum;
      switch (line) {
        case Line.Context ignored -> stays |= hasVersion || HEADER.matcher(line.text()).find();
        case Line.Added ignored -> {
          if (hasVersion) {
            versionsAfter.add(bare(version.group(1)));
          }
          if (hasChecksum) {
            after = checksum.group(1);
            place = number;
          }
        }
        case Line.Deleted ignored -> {
          if (hasVersion) {
            versionsBefore.add(bare(version.group(1)));
          }
          if (hasChecksum) {
            before = checksum.group(1);
            place = place == 0 ? number : place;
          }
        }
      }
    }

    private static String bare(String version) {
      return version.replaceAll("[\",]", "");
    }

    void judge(ChangedFile file, Findings findings) {
      boolean sameVersion = versionsBefore.equals(versionsAfter);
      if (before.isEmpty() || !stays || !sameVersion || before.equals(after)) {
        return;
      }
      Row row = new Row(place, "", "", State.ADDED);
      boolean stronger = before.startsWith("sha1") && !after.isEmpty() && !after.startsWith("sha1");
      if (after.isEmpty()) {
        findings.add(
            "lock.checksum", Severity.HIGH, file, row, "the checksum of a package is removed");
      } else if (!stronger) {
        changedChecksum(file, row, findings);
      }
    }
  }
}

package dev.slipway.app.detectors.integrations;

import dev.slipway.app.detectors.integrations.Dependency.Scope;
import dev.slipway.app.detectors.text.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Manifests in JSON and XML, read by their marks so that fragments can be read too. */
final class MarkedManifests {
  private static final Pattern JSON =
      Pattern.compile(
          "\"([A-Za-z-]{3,40}+)\"\\s{0,4}+:\\s{0,4}+\\{|(\\})|\"([@\\w./-]{1,214}+)\"\\s{0,4}+:\\s{0,4}+\"([^\"]{0,300}+)\"");

  private static final Pattern NPM_VERSION =
      Pattern.compile(
          "[~^<>=v]{1,2}\\s?\\d.{0,60}|\\d+\\.[\\dx].{0,60}|(?:npm|git|github|file|https?|catalog)[:+].{0,280}");

  private static final Set<String> NOT_PACKAGES =
      Set.of(
          "version",
          "node",
          "npm",
          "yarn",
          "pnpm",
          "vscode",
          "name",
          "packageManager",
          "main",
          "target");

  private static final Pattern XML =
      Pattern.compile(
          "<(/?)(dependency|plugin|exclusion|parent|extension|groupId|artifactId|version|scope|annotationProcessorPaths)>([^<]{0,300}+)");

  private static final Pattern NUGET =
      Pattern.compile("(?i)<(?:PackageReference|PackageVersion|package)\\b([^>]{0,400}+)");
  private static final Pattern NUGET_NAME =
      Pattern.compile("(?i)\\b(?:Include|id)\\s{0,2}=\\s{0,2}\"([^\"]{1,200}+)\"");
  private static final Pattern NUGET_VERSION =
      Pattern.compile("(?i)\\bVersion\\s{0,2}=\\s{0,2}\"([^\"]{1,100}+)\"");

  private MarkedManifests() {}

  static List<Dependency> npm(List<Row> rows) {
    return json(
        rows,
        Set.of("dependencies", "optionalDependencies"),
        Set.of("devDependencies", "peerDependencies"));
  }

  static List<Dependency> composer(List<Row> rows) {
    List<Dependency> all = json(rows, Set.of("require"), Set.of("require-dev"));
    return all.stream().filter(it -> it.name().contains("/")).toList();
  }

  private static List<Dependency> json(List<Row> rows, Set<String> runtime, Set<String> build) {
    List<Dependency> all = new ArrayList<>();
    // Before the first mark of a fragment it is open what section this is.
    boolean whole = !rows.isEmpty() && rows.getFirst().number() == 1;
    String section = whole ? "" : "?";
    for (Row row : rows) {
      Matcher mark = JSON.matcher(row.text());
      while (mark.find()) {
        if (mark.group(1) != null) {
          section = mark.group(1);
        } else if (mark.group(2) != null) {
          section = "";
        } else if (declares(section, mark.group(3), mark.group(4), runtime, build)) {
          Scope scope = build.contains(section) ? Scope.BUILD : Scope.RUNTIME;
          all.add(Dependency.of(mark.group(3), mark.group(4), scope, row));
        }
      }
    }
    return all;
  }

  private static boolean declares(
      String section, String name, String version, Set<String> runtime, Set<String> build) {
    if (runtime.contains(section) || build.contains(section)) {
      return !version.startsWith("workspace:") && !version.startsWith("link:");
    }
    return section.equals("?")
        && !NOT_PACKAGES.contains(name)
        && NPM_VERSION.matcher(version).matches();
  }

  static List<Dependency> maven(List<Row> rows) {
    boolean whole = rows.stream().anyMatch(row -> row.code().contains("<project"));
    MavenReader reader = new MavenReader(whole);
    for (Row row : rows) {
      Matcher mark = XML.matcher(row.code());
      while (mark.find()) {
        reader.mark(mark.group(1).isEmpty(), mark.group(2), mark.group(3).strip(), row);
      }
    }
    reader.end();
    return reader.all;
  }

  static List<Dependency> nuget(List<Row> rows) {
    List<Dependency> all = new ArrayList<>();
    for (Row row : rows) {
      Matcher reference = NUGET.matcher(row.code());
      if (reference.find()) {
        Matcher name = NUGET_NAME.matcher(reference.group(1));
        Matcher version = NUGET_VERSION.matcher(reference.group(1));
        if (name.find()) {
          all.add(
              Dependency.of(
                  name.group(1), version.find() ? version.group(1) : "", Scope.RUNTIME, row));
        }
      }
    }
    return all;
  }

  /** Puts the coordinates of one block together; a fragment may begin or end within a block. */
  private static final class MavenReader {
    private final List<Dependency> all = new ArrayList<>();
    private boolean inside;
    private boolean excluded;
    private boolean plugin;
    private boolean parent;
    private String group = "";
    private String artifact = "";
    private String version = "";
    private String scope = "";
    private List<Row> rows = new ArrayList<>();

    /** A fragment may begin inside a block; a whole file begins with the project's own name. */
    MavenReader(boolean whole) {
      this.inside = !whole;
    }

    void mark(boolean opens, String tag, String text, Row row) {
      switch (tag) {
        case "exclusion" -> excluded = opens;
        case "dependency", "annotationProcessorPaths" -> {
          end();
          inside = opens;
        }
        case "plugin", "extension" -> {
          end();
          inside = opens;
          plugin = opens;
        }
        case "parent" -> {
          end();
          parent = opens;
        }
        default -> {
          if (opens && !excluded) {
            coordinate(tag, text, row);
          }
        }
      }
    }

    private void coordinate(String tag, String text, Row row) {
      switch (tag) {
        case "groupId" -> group = text;
        case "version" -> version = text;
        case "scope" -> scope = text.toLowerCase(Locale.ROOT);
        default -> {
          artifact = text;
          rows.add(row);
        }
      }
    }

    void end() {
      if (!artifact.isEmpty() && inside && !parent && !group.contains("${project")) {
        boolean build = plugin || scope.equals("test") || scope.equals("import");
        all.add(
            new Dependency(
                group + ":" + artifact,
                artifact,
                version,
                build ? Scope.BUILD : Scope.RUNTIME,
                rows.getLast()));
      }
      group = "";
      artifact = "";
      version = "";
      scope = "";
      rows = new ArrayList<>();
    }
  }
}

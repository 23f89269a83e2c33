package dev.slipway.app.detectors.integrations;

import dev.slipway.app.detectors.integrations.Dependency.Scope;
import dev.slipway.app.detectors.text.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Manifests in TOML: tables, keys, and arrays of requirements over lines. */
final class TomlManifests {
  private static final Pattern TABLE = Pattern.compile("^\\s*+\\[{1,2}([^\\]]{1,200}+)\\]");
  private static final Pattern ENTRY =
      Pattern.compile("^\\s*+[\"']?+([A-Za-z0-9][\\w.-]{0,100}+)[\"']?+\\s*+=\\s*+(.{1,400}+)$");
  private static final Pattern STRING = Pattern.compile("[\"']([^\"']{1,300}+)[\"']");
  private static final Pattern REQUIREMENT =
      Pattern.compile(
          "([A-Za-z0-9][\\w.-]{0,100}+)\\s{0,4}+(?:\\[[^\\]]{0,200}+\\])?\\s{0,4}+([<>=!~^@;( ].{0,200}+)?");
  private static final Pattern VERSION =
      Pattern.compile("version\\s{0,4}=\\s{0,4}[\"']([^\"']{1,100}+)[\"']");

  private TomlManifests() {}

  static List<Dependency> cargo(List<Row> rows) {
    List<Dependency> all = new ArrayList<>();
    String table = "?";
    for (Row row : rows) {
      Matcher header = TABLE.matcher(row.code());
      if (header.find()) {
        table = header.group(1).replace("\"", "");
        int single = table.indexOf("dependencies.");
        if (single >= 0) {
          all.add(Dependency.of(table.substring(single + 13), "", cargoScope(table), row));
        }
        continue;
      }
      boolean open = table.equals("?");
      if (table.endsWith("dependencies") || open) {
        entry(row, open, cargoScope(table)).ifPresent(all::add);
      }
    }
    return all;
  }

  private static Scope cargoScope(String table) {
    return table.contains("dev-dependencies") || table.contains("build-dependencies")
        ? Scope.BUILD
        : Scope.RUNTIME;
  }

  static List<Dependency> pipfile(List<Row> rows) {
    List<Dependency> all = new ArrayList<>();
    String table = "?";
    for (Row row : rows) {
      Matcher header = TABLE.matcher(row.code());
      if (header.find()) {
        table = header.group(1);
      } else if (table.equals("packages") || table.equals("dev-packages")) {
        Scope scope = table.equals("packages") ? Scope.RUNTIME : Scope.BUILD;
        entry(row, false, scope).map(TomlManifests::python).ifPresent(all::add);
      }
    }
    return all;
  }

  static List<Dependency> catalog(List<Row> rows) {
    List<Dependency> all = new ArrayList<>();
    Pattern module =
        Pattern.compile(
            "module\\s{0,4}=\\s{0,4}\"([\\w.-]{1,150}:[\\w.-]{1,150})\"|=\\s{0,4}\"([\\w.-]{1,150}:[\\w.-]{1,150}):([^\"]{1,80})\""
                + "|group\\s{0,4}=\\s{0,4}\"([\\w.-]{1,150})\"\\s{0,4},\\s{0,4}name\\s{0,4}=\\s{0,4}\"([\\w.-]{1,150})\"");
    for (Row row : rows) {
      Matcher found = module.matcher(row.code());
      if (found.find()) {
        String name =
            found.group(1) != null
                ? found.group(1)
                : found.group(2) != null ? found.group(2) : found.group(4) + ":" + found.group(5);
        all.add(
            Dependency.of(name, found.group(3) == null ? "" : found.group(3), Scope.RUNTIME, row));
      }
    }
    return all;
  }

  static List<Dependency> pyproject(List<Row> rows) {
    List<Dependency> all = new ArrayList<>();
    String table = "?";
    String key = "?";
    boolean inArray = false;
    for (Row row : rows) {
      String code = row.code();
      Matcher header = TABLE.matcher(code);
      if (!inArray && header.find() && !code.contains("=")) {
        table = header.group(1);
        key = "";
        continue;
      }
      Matcher entry = ENTRY.matcher(code);
      if (!inArray && entry.find()) {
        key = entry.group(1);
        if (table.startsWith("tool.poetry") && table.endsWith("dependencies")) {
          poetry(row, entry, table).ifPresent(all::add);
          continue;
        }
        inArray = entry.group(2).strip().startsWith("[");
        code = inArray ? entry.group(2) : "";
      }
      boolean fragment = table.equals("?") && key.equals("?");
      if ((inArray && isRequirements(table, key)) || fragment) {
        strings(row, code, fragment, scope(table, key), all);
      }
      inArray = inArray && !endsArray(code);
    }
    return all;
  }

  private static boolean endsArray(String code) {
    String rest = STRING.matcher(code).replaceAll("");
    return rest.contains("]");
  }

  private static boolean isRequirements(String table, String key) {
    return (table.equals("project") && key.equals("dependencies"))
        || table.equals("project.optional-dependencies")
        || table.equals("dependency-groups")
        || table.startsWith("tool.pdm.dev-dependencies")
        || (table.equals("build-system") && key.equals("requires"))
        || key.equals("dev-dependencies")
        || key.equals("install_requires");
  }

  private static Scope scope(String table, String key) {
    return table.equals("build-system")
            || table.equals("dependency-groups")
            || key.contains("dev")
            || key.contains("test")
            || key.contains("doc")
            || key.contains("lint")
        ? Scope.BUILD
        : Scope.RUNTIME;
  }

  private static Optional<Dependency> poetry(Row row, Matcher entry, String table) {
    String name = entry.group(1);
    if (name.equals("python")) {
      return Optional.empty();
    }
    boolean build = table.contains("dev") || table.contains("test") || table.contains("docs");
    return Optional.of(
        python(
            Dependency.of(
                name, version(entry.group(2)), build ? Scope.BUILD : Scope.RUNTIME, row)));
  }

  private static void strings(
      Row row, String code, boolean fragment, Scope scope, List<Dependency> out) {
    Matcher string = STRING.matcher(code);
    while (string.find()) {
      Matcher requirement = REQUIREMENT.matcher(string.group(1));
      boolean versioned = requirement.matches() && requirement.group(2) != null;
      if (requirement.matches() && (versioned || !fragment)) {
        String version = requirement.group(2) == null ? "" : requirement.group(2).strip();
        out.add(python(Dependency.of(requirement.group(1), version, scope, row)));
      }
    }
  }

  private static Optional<Dependency> entry(Row row, boolean open, Scope scope) {
    Matcher entry = ENTRY.matcher(row.code());
    if (!entry.find()
        || entry.group(2).contains("workspace = true")
        || entry.group(2).contains("path =")) {
      return Optional.empty();
    }
    boolean versioned =
        entry.group(2).matches("\"[~^=<>]{0,2}\\d.{0,100}|\\{.{0,300}version.{0,100}");
    return open && (!versioned || entry.group(1).matches("version|edition|rust-version"))
        ? Optional.empty()
        : Optional.of(Dependency.of(entry.group(1), version(entry.group(2)), scope, row));
  }

  private static String version(String value) {
    Matcher version = VERSION.matcher(value);
    return version.find() ? version.group(1) : value.strip().replaceAll("[\"']", "");
  }

  /** Python's package names are the same whatever their case and separators (PEP 503). */
  static Dependency python(Dependency dependency) {
    String name = dependency.name().toLowerCase(Locale.ROOT).replaceAll("[-_.]+", "-");
    return new Dependency(
        name, dependency.name(), dependency.version(), dependency.scope(), dependency.row());
  }
}

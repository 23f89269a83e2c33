package dev.slipway.app.detectors.integrations;

import dev.slipway.app.detectors.integrations.Dependency.Scope;
import dev.slipway.app.detectors.text.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Manifests that name one dependency a line. */
final class LineManifests {
  private static final Pattern GRADLE =
      Pattern.compile(
          "\\b(\\w{0,40}(?:[iI]mplementation|[aA]pi|[cC]ompileOnly|[rR]untimeOnly|compile|runtime|testCompile"
              + "|kapt|ksp|annotationProcessor|classpath|provided|developmentOnly))\\b\\s{0,4}\\(?\\s{0,4}"
              + "(?:(?:enforcedP|p)latform\\s{0,2}\\(\\s{0,2})?"
              + "(?:[\"']([\\w.-]{1,150}:[\\w.-]{1,150})(?::([^\"'@]{1,80}))?|(libs\\.[\\w.]{1,120}))");
  private static final Pattern GRADLE_MAP =
      Pattern.compile(
          "\\b(\\w{1,40})\\b\\s{0,4}\\(?\\s{0,4}group\\s{0,4}[:=]\\s{0,4}[\"']([\\w.-]{1,150})[\"']\\s{0,4},\\s{0,4}name\\s{0,4}[:=]\\s{0,4}[\"']([\\w.-]{1,150})[\"']");
  private static final Pattern GRADLE_PLUGIN =
      Pattern.compile(
          "\\bid\\s{0,2}\\(?\\s{0,2}[\"']([\\w.-]{3,150})[\"']\\)?\\s{1,4}version\\s{1,4}[\"']([^\"']{1,60})[\"']");
  private static final Pattern SBT =
      Pattern.compile(
          "\"([\\w.-]{2,150})\"\\s{1,4}%{1,3}\\s{1,4}\"([\\w.-]{1,150})\"\\s{1,4}%\\s{1,4}\"?([^\"\\s]{1,60})\"?(?:\\s{1,4}%\\s{1,4}\"?(\\w{1,20}))?");
  private static final Pattern REQUIREMENT =
      Pattern.compile(
          "^([A-Za-z0-9][\\w.-]{0,100}+)\\s{0,4}+(?:\\[[^\\]]{0,200}+\\])?\\s{0,4}+(?:([<>=!~@].{0,200}+)|;.{0,200}+|\\\\?)$");
  private static final Pattern SETUP =
      Pattern.compile(
          "[\"']([A-Za-z0-9][\\w.-]{0,100}+)(?:\\[[^\\]]{0,100}+\\])?\\s{0,4}+([<>=!~]=?[^\"']{1,80}+)[\"']");
  private static final Pattern SETUP_CFG =
      Pattern.compile("^\\s{2,8}([A-Za-z0-9][\\w.-]{0,100}+)\\s{0,4}+([<>=!~]=?.{1,80}+)$");
  private static final Pattern GO =
      Pattern.compile(
          "^\\s*+(?:require\\s++)?+([\\w.-]{2,60}+\\.[\\w.-]{2,20}+/[\\w./~-]{1,200}+|[\\w-]{1,60}+\\.[a-z]{2,10}+(?:/[\\w./~-]{1,200}+)?)\\s++(v\\d\\S{0,100}+)(.{0,60}+)");
  private static final Pattern GEM =
      Pattern.compile(
          "(?:^\\s*+gem|\\.add_(?:runtime_|development_)?dependency)\\s{0,4}\\(?\\s{0,4}[\"']([\\w-]{1,100}+)[\"'](?:\\s{0,4},\\s{0,4}[\"']([^\"']{1,60}+)[\"'])?");
  private static final Pattern MIX =
      Pattern.compile(
          "\\{\\s{0,4}:(\\w{1,80}+)\\s{0,4},\\s{0,4}(?:\"([^\"]{1,60}+)\"|git:|github:|path:)(.{0,120}+)");
  private static final Pattern PUB =
      Pattern.compile("^\\s{2}(\\w{2,80}+)\\s{0,2}:\\s{0,4}([\\^\\d<>\"'].{0,60}+)?$");
  private static final Pattern POD =
      Pattern.compile(
          "^\\s*+pod\\s{1,4}[\"']([\\w/+-]{1,100}+)[\"'](?:\\s{0,4},\\s{0,4}[\"']([^\"']{1,60}+)[\"'])?");
  private static final Pattern SWIFT =
      Pattern.compile(
          "\\.package\\s{0,2}\\(.{0,120}?url\\s{0,2}:\\s{0,2}\"([^\"]{5,300}+)\"(.{0,120}+)");

  private LineManifests() {}

  static List<Dependency> gradle(List<Row> rows) {
    List<Dependency> all = new ArrayList<>();
    for (Row row : rows) {
      Matcher line = GRADLE.matcher(row.code());
      Matcher map = GRADLE_MAP.matcher(row.code());
      Matcher plugin = GRADLE_PLUGIN.matcher(row.code());
      if (line.find()) {
        String name = line.group(2) != null ? line.group(2) : line.group(4);
        all.add(Dependency.of(name, text(line.group(3)), gradleScope(line.group(1)), row));
      } else if (map.find()) {
        all.add(
            Dependency.of(map.group(2) + ":" + map.group(3), "", gradleScope(map.group(1)), row));
      } else if (plugin.find()) {
        all.add(Dependency.of(plugin.group(1), plugin.group(2), Scope.BUILD, row));
      }
    }
    return all;
  }

  private static Scope gradleScope(String configuration) {
    String lower = configuration.toLowerCase(java.util.Locale.ROOT);
    return lower.contains("test") || lower.equals("classpath") || lower.equals("developmentonly")
        ? Scope.BUILD
        : Scope.RUNTIME;
  }

  static List<Dependency> sbt(List<Row> rows) {
    List<Dependency> all = new ArrayList<>();
    for (Row row : rows) {
      Matcher module = SBT.matcher(row.code());
      while (module.find()) {
        boolean test = "test".equalsIgnoreCase(module.group(4));
        all.add(
            new Dependency(
                module.group(1) + ":" + module.group(2),
                module.group(2),
                module.group(3),
                test ? Scope.BUILD : Scope.RUNTIME,
                row));
      }
    }
    return all;
  }

  static List<Dependency> requirements(List<Row> rows) {
    return requirements(rows, Scope.RUNTIME);
  }

  static List<Dependency> toolRequirements(List<Row> rows) {
    return requirements(rows, Scope.BUILD);
  }

  private static List<Dependency> requirements(List<Row> rows, Scope scope) {
    List<Dependency> all = new ArrayList<>();
    for (Row row : rows) {
      Matcher requirement = REQUIREMENT.matcher(row.code().strip());
      if (requirement.matches()) {
        all.add(
            TomlManifests.python(
                Dependency.of(requirement.group(1), text(requirement.group(2)), scope, row)));
      }
    }
    return all;
  }

  static List<Dependency> setupPy(List<Row> rows) {
    List<Dependency> all = new ArrayList<>();
    for (Row row : rows) {
      Matcher quoted = SETUP.matcher(row.code());
      while (quoted.find()) {
        all.add(
            TomlManifests.python(
                Dependency.of(quoted.group(1), quoted.group(2), Scope.RUNTIME, row)));
      }
      Matcher line = SETUP_CFG.matcher(row.code());
      if (line.find() && !row.code().contains("\"") && !row.code().contains("'")) {
        all.add(
            TomlManifests.python(Dependency.of(line.group(1), line.group(2), Scope.RUNTIME, row)));
      }
    }
    return all;
  }

  static List<Dependency> go(List<Row> rows) {
    List<Dependency> all = new ArrayList<>();
    for (Row row : rows) {
      String text = row.text();
      Matcher module = GO.matcher(text);
      boolean other =
          text.contains("=>") || text.startsWith("exclude") || text.startsWith("retract");
      if (!other && module.find()) {
        boolean indirect = module.group(3).contains("indirect");
        all.add(
            Dependency.of(
                module.group(1), module.group(2), indirect ? Scope.BUILD : Scope.RUNTIME, row));
      }
    }
    return all;
  }

  static List<Dependency> gemfile(List<Row> rows) {
    List<Dependency> all = new ArrayList<>();
    boolean development = false;
    for (Row row : rows) {
      String code = row.code().strip();
      if (code.startsWith("group ")) {
        development = !code.contains("production") && !code.contains("default");
      } else if (code.equals("end")) {
        development = false;
      }
      Matcher gem = GEM.matcher(row.code());
      if (gem.find()) {
        boolean build =
            development
                || code.contains("add_development_dependency")
                || code.contains("group: :test")
                || code.contains("group: :development")
                || code.contains("group: [:");
        all.add(
            Dependency.of(
                gem.group(1), text(gem.group(2)), build ? Scope.BUILD : Scope.RUNTIME, row));
      }
    }
    return all;
  }

  static List<Dependency> mix(List<Row> rows) {
    List<Dependency> all = new ArrayList<>();
    for (Row row : rows) {
      Matcher module = MIX.matcher(row.code());
      if (module.find()) {
        boolean build = module.group(3).contains("only:");
        all.add(
            Dependency.of(
                module.group(1), text(module.group(2)), build ? Scope.BUILD : Scope.RUNTIME, row));
      }
    }
    return all;
  }

  static List<Dependency> pubspec(List<Row> rows) {
    List<Dependency> all = new ArrayList<>();
    String section = "";
    for (Row row : rows) {
      if (!row.code().isBlank() && row.indent() == 0) {
        section = row.code().strip();
      }
      Matcher entry = PUB.matcher(row.code());
      if (section.endsWith("dependencies:") && entry.find()) {
        Scope scope = section.startsWith("dev_") ? Scope.BUILD : Scope.RUNTIME;
        all.add(Dependency.of(entry.group(1), text(entry.group(2)), scope, row));
      }
    }
    return all;
  }

  static List<Dependency> podfile(List<Row> rows) {
    return simple(rows, POD);
  }

  static List<Dependency> swift(List<Row> rows) {
    return simple(rows, SWIFT);
  }

  private static List<Dependency> simple(List<Row> rows, Pattern pattern) {
    List<Dependency> all = new ArrayList<>();
    for (Row row : rows) {
      Matcher found = pattern.matcher(row.code());
      if (found.find()) {
        all.add(Dependency.of(found.group(1), text(found.group(2)), Scope.RUNTIME, row));
      }
    }
    return all;
  }

  /** An absent group is an absent version. */
  private static String text(@org.jspecify.annotations.Nullable String group) {
    return group == null ? "" : group.strip();
  }
}

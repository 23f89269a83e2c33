package dev.slipway.app.coverage;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The Go modules of a tree: cover profiles name files by import path, not by directory. */
final class GoModules {
  private static final Pattern MODULE =
      Pattern.compile("(?m)^\\s*module\\s+\"?(?<path>[^\\s\"]{1,1000})\"?");

  /** A module's import path and its directory in the tree; empty for the root. */
  private record Module(String path, String directory) {}

  private final List<Module> modules = new ArrayList<>();

  /** Reads every {@code go.mod} of the tree. */
  static GoModules of(SourceMatch tree) {
    GoModules modules = new GoModules();
    for (String source : tree.sources()) {
      if (source.equals("go.mod") || source.endsWith("/go.mod")) {
        Optional<Matcher> matcher = tree.text(source).map(MODULE::matcher).filter(Matcher::find);
        String directory = source.substring(0, Math.max(0, source.length() - "/go.mod".length()));
        matcher.ifPresent(m -> modules.modules.add(new Module(m.group("path"), directory)));
      }
    }
    return modules;
  }

  /** The paths that an import path of a file may have, the longest module's first. */
  List<String> names(String file) {
    List<String> names = new ArrayList<>();
    modules.stream()
        .filter(module -> file.startsWith(module.path() + "/"))
        .sorted((a, b) -> Integer.compare(b.path().length(), a.path().length()))
        .map(module -> module.directory() + file.substring(module.path().length()))
        .map(path -> path.startsWith("/") ? path.substring(1) : path)
        .forEach(names::add);
    if (names.isEmpty()) {
      // Unknown modules are matched like directories of another machine.
      names.add(Paths.isAbsolute(file) || file.startsWith(".") ? file : "/" + file);
    }
    return names;
  }
}

package dev.slipway.app.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The dependency caches of the user's home that a command sees in its own home: the files as they
 * are, with a layer of its own on top that takes what the command writes. Only directories known to
 * be caches, and without the files in which tools keep credentials.
 */
final class Caches {
  private static final Set<String> ALLOWED =
      Set.of(
          ".m2",
          ".gradle",
          ".ivy2",
          ".sbt",
          ".npm",
          ".yarn",
          ".pnpm-store",
          ".bun",
          ".cache",
          ".cargo",
          ".rustup",
          "go",
          ".nuget",
          ".pub-cache",
          ".composer",
          ".gem",
          ".bundle");

  /** Relative to the home, what tools keep credentials in, and what stands there instead. */
  private static final Map<String, String> CREDENTIALS =
      Map.of(
          ".m2/settings.xml", "<settings/>\n",
          ".m2/settings-security.xml", "<settingsSecurity/>\n",
          ".gradle/gradle.properties", "",
          ".ivy2/.credentials", "",
          ".sbt/.credentials", "",
          ".cargo/credentials", "",
          ".cargo/credentials.toml", "",
          ".gem/credentials", "",
          ".composer/auth.json", "{}\n",
          ".nuget/NuGet/NuGet.Config", "<configuration/>\n");

  /** A directory below the home that exists, with its path relative to the home. */
  record Cache(Path directory, String name) {}

  private final Path home;

  Caches(Path home) {
    this.home = home;
  }

  /**
   * The declared caches that exist.
   *
   * @param declared such as {@code ~/.m2}
   * @throws IllegalArgumentException if one is not a cache
   */
  List<Cache> of(List<String> declared) throws IOException {
    List<Cache> found = new ArrayList<>();
    for (String cache : declared) {
      Path path = path(cache);
      if (Files.isDirectory(home.resolve(path))) {
        found.add(new Cache(home.resolve(path).toRealPath(), path.toString()));
      }
    }
    return found;
  }

  private static Path path(String cache) {
    try {
      Path path = Path.of(cache.startsWith("~/") ? cache.substring(2) : "").normalize();
      if (ALLOWED.contains(path.getName(0).toString())) {
        return path;
      }
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("the cache is not a path: " + e.getMessage(), e);
    }
    throw new IllegalArgumentException(
        "'"
            + dev.slipway.change.Printable.of(cache)
            + "' is not a dependency cache; caches start with ~/ and one of "
            + ALLOWED.stream().sorted().toList());
  }

  /** Of the credential files that these caches hold: the path below the home, and what to show. */
  Map<String, String> substitutes(List<Cache> caches) {
    Map<String, String> substitutes = new java.util.TreeMap<>(CREDENTIALS);
    substitutes
        .keySet()
        .removeIf(
            file ->
                !Files.exists(home.resolve(file))
                    || caches.stream().noneMatch(cache -> Path.of(file).startsWith(cache.name())));
    return substitutes;
  }
}

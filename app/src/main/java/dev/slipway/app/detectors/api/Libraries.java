package dev.slipway.app.detectors.api;

import dev.slipway.agents.review.FileRole;
import dev.slipway.agents.review.Subject;
import dev.slipway.change.SourceTree;
import dev.slipway.project.Globs;
import dev.slipway.project.Project;
import dev.slipway.project.Service;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which Java sources are a library's: those of a service of kind library, and without a
 * configuration those whose build file publishes.
 */
final class Libraries {
  private static final List<String> PUBLISHES =
      List.of(
          "java-library",
          "maven-publish",
          "<distributionManagement>",
          "central-publishing-maven-plugin",
          "nexus-staging-maven-plugin",
          "com.vanniktech.maven.publish");

  private static final List<String> BUILD_FILES =
      List.of("pom.xml", "build.gradle", "build.gradle.kts");

  /** A bare patch shows no build file: the module's name has to do. */
  private static final Pattern NAMED =
      Pattern.compile(
          "(?:^|[/-])(?:api|sdk|spi|lib|library|client|commons?)(?:/[\\w-]+)?/src/main/java/");

  /** The same for Go and for packages of scripts. */
  private static final Pattern OTHER_NAMED =
      Pattern.compile(
          "(?:^|[/-])(?:api|sdk|spi|lib|library|client|commons?)(?:/[\\w-]+){0,2}/[^/]+$");

  private static final Pattern ENTRY =
      Pattern.compile(
          "(?:^|/)(?:index|main|mod|public[-_]api)(?:\\.d)?\\.(?:ts|js|mjs|cjs|mts|cts)$");

  private static final Pattern PUBLISHED =
      Pattern.compile("\"(?:main|module|exports|types|typings|publishConfig)\"\\s*:");

  private static final Pattern PRIVATE = Pattern.compile("\"private\"\\s*:\\s*true");

  private final Optional<Project> project;
  private final Optional<SourceTree> base;

  Libraries(Subject subject) {
    this.project = subject.project();
    this.base = subject.base();
  }

  boolean hold(String path) {
    if (!path.endsWith(".java")
        || FileRole.of(path) != FileRole.PRODUCTION
        || path.contains("/internal/")
        || path.endsWith("-info.java")) {
      return false;
    }
    if (project.isPresent()) {
      return project.get().services().stream()
          .filter(service -> service.kind() == Service.Kind.LIBRARY)
          .anyMatch(service -> Globs.anyMatches(service.paths(), path));
    }
    return base.filter(tree -> isBuilt(tree, path))
        .map(tree -> publishes(tree, path))
        .orElseGet(() -> NAMED.matcher(path).find());
  }

  /** Whether others use the file's exported names: a library's in Go, a package's entry. */
  boolean holdOther(String path) {
    boolean go = path.endsWith(".go") && !path.matches("(?:.*/)?(?:internal|cmd|main)/.*");
    if (!(go || ENTRY.matcher(path).find()) || FileRole.of(path) != FileRole.PRODUCTION) {
      return false;
    }
    if (project.isPresent()) {
      return project.get().services().stream()
          .filter(service -> service.kind() == Service.Kind.LIBRARY)
          .anyMatch(service -> Globs.anyMatches(service.paths(), path));
    }
    if (go) {
      return OTHER_NAMED.matcher(path).find();
    }
    return base.flatMap(tree -> description(tree, path))
        .map(text -> PUBLISHED.matcher(text).find() && !PRIVATE.matcher(text).find())
        .orElseGet(() -> OTHER_NAMED.matcher(path).find());
  }

  /** The nearest description of the package that the file belongs to. */
  private static Optional<String> description(SourceTree tree, String path) {
    String folder = path;
    for (int level = 0; level < 4 && folder.contains("/"); level++) {
      folder = folder.substring(0, folder.lastIndexOf('/'));
      Optional<String> text = read(tree, folder + "/package.json");
      if (text.isPresent()) {
        return text;
      }
    }
    return read(tree, "package.json");
  }

  private static Optional<String> read(SourceTree tree, String path) {
    return tree.read(path).map(bytes -> new String(bytes, StandardCharsets.UTF_8));
  }

  /** Whether there is a build file that could say whether the module publishes. */
  private static boolean isBuilt(SourceTree tree, String path) {
    int source = path.indexOf("src/main/java/");
    return source >= 0
        && BUILD_FILES.stream()
            .anyMatch(name -> tree.read(path.substring(0, source) + name).isPresent());
  }

  private static boolean publishes(SourceTree tree, String path) {
    int source = path.indexOf("src/main/java/");
    if (source < 0) {
      return false;
    }
    String module = path.substring(0, source);
    return BUILD_FILES.stream()
        .map(name -> tree.read(module + name))
        .flatMap(Optional::stream)
        .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
        .anyMatch(text -> PUBLISHES.stream().anyMatch(text::contains));
  }
}

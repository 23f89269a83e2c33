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
    return base.map(tree -> publishes(tree, path)).orElseGet(() -> NAMED.matcher(path).find());
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

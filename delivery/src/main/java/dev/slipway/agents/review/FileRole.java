package dev.slipway.agents.review;

import java.util.Locale;
import java.util.Set;

/**
 * What a file is for, told from its path alone: how much a changed line of it weighs, and which
 * facts make sense in it.
 */
public enum FileRole {
  /** Code and configuration that runs in production; everything that is nothing else. */
  PRODUCTION(1.0),
  /** Tests, fixtures, examples of use in tests. */
  TEST(0.2),
  /** Text for people. */
  DOCUMENTATION(0.02),
  /** Written by a program, or somebody else's code kept here. */
  GENERATED(0.02),
  /** The resolved dependencies of a build. */
  LOCK(0.01);

  private static final Set<String> LOCKS =
      Set.of(
          "package-lock.json",
          "npm-shrinkwrap.json",
          "yarn.lock",
          "pnpm-lock.yaml",
          "bun.lock",
          "bun.lockb",
          "poetry.lock",
          "pipfile.lock",
          "uv.lock",
          "pdm.lock",
          "cargo.lock",
          "gemfile.lock",
          "composer.lock",
          "go.sum",
          "packages.lock.json",
          "gradle.lockfile",
          "mix.lock",
          "pubspec.lock",
          "podfile.lock",
          "flake.lock",
          "deno.lock",
          "package.resolved");

  private static final Set<String> TEST_FOLDERS =
      Set.of(
          "test",
          "tests",
          "testing",
          "__tests__",
          "__mocks__",
          "__fixtures__",
          "__snapshots__",
          "spec",
          "specs",
          "testdata",
          "test-data",
          "test_data",
          "fixtures",
          "fixture",
          "e2e",
          "cypress",
          "androidtest",
          "integrationtest",
          "integration-tests",
          "integration_tests",
          "functionaltest",
          "testfixtures",
          "mocks",
          "benches",
          "src-test");

  private static final Set<String> GENERATED_FOLDERS =
      Set.of(
          "vendor",
          "node_modules",
          "third_party",
          "third-party",
          "thirdparty",
          "bower_components",
          "dist",
          "__generated__",
          "generated",
          "generated-sources");

  private static final Set<String> DOCUMENT_ENDINGS =
      Set.of("md", "mdx", "markdown", "rst", "adoc", "asciidoc", "txt", "tex", "org");

  private static final Set<String> DOCUMENT_NAMES =
      Set.of("license", "licence", "notice", "authors", "contributors", "changelog", "readme");

  /** How much one changed line counts, against one of production code. */
  final double weight;

  FileRole(double weight) {
    this.weight = weight;
  }

  /** The role of the file at this slash-separated path. */
  public static FileRole of(String path) {
    String lower = path.toLowerCase(Locale.ROOT);
    String[] parts = lower.split("/", -1);
    String name = parts[parts.length - 1];
    if (LOCKS.contains(name)) {
      return LOCK;
    }
    if (isGenerated(parts, name)) {
      return GENERATED;
    }
    if (isTest(parts, path.substring(path.lastIndexOf('/') + 1), name)) {
      return TEST;
    }
    return isDocumentation(name, lower) ? DOCUMENTATION : PRODUCTION;
  }

  private static boolean isGenerated(String[] parts, String name) {
    for (int i = 0; i < parts.length - 1; i++) {
      if (GENERATED_FOLDERS.contains(parts[i])) {
        return true;
      }
    }
    return name.endsWith(".min.js")
        || name.endsWith(".min.css")
        || name.endsWith(".map")
        || name.endsWith(".snap")
        || name.endsWith(".pb.go")
        || name.endsWith("_pb2.py")
        || name.endsWith("_pb2_grpc.py")
        || name.endsWith("_pb.js")
        || name.endsWith(".g.dart")
        || name.endsWith(".designer.cs")
        || name.contains(".generated.")
        || name.endsWith(".svg");
  }

  private static boolean isTest(String[] parts, String name, String lower) {
    for (int i = 0; i < parts.length - 1; i++) {
      if (TEST_FOLDERS.contains(parts[i])
          || parts[i].endsWith(".tests")
          || parts[i].endsWith("-test")
          || parts[i].endsWith("-tests")) {
        return true;
      }
    }
    int dot = name.indexOf('.');
    String stem = dot > 0 ? name.substring(0, dot) : name;
    return lower.contains(".test.")
        || lower.contains(".spec.")
        || lower.contains(".cy.")
        || lower.contains(".stories.")
        || lower.contains(".story.")
        || lower.contains("_test.")
        || lower.contains("_spec.")
        || lower.startsWith("test_")
        || lower.equals("conftest.py")
        || stem.endsWith("Test")
        || stem.endsWith("Tests")
        || stem.endsWith("TestCase")
        || stem.endsWith("IT")
        || stem.endsWith("Spec");
  }

  private static boolean isDocumentation(String name, String path) {
    // These look like prose and are read by programs.
    if (name.equals("requirements.txt")
        || name.equals("cmakelists.txt")
        || name.equals("robots.txt")
        || (path.contains("requirements/") && name.endsWith(".txt"))
        || (name.startsWith("requirements") && name.endsWith(".txt"))
        || (name.startsWith("constraints") && name.endsWith(".txt"))) {
      return false;
    }
    int dot = name.lastIndexOf('.');
    String ending = dot >= 0 ? name.substring(dot + 1) : "";
    String stem = dot > 0 ? name.substring(0, dot) : name;
    return DOCUMENT_ENDINGS.contains(ending) || (dot <= 0 && DOCUMENT_NAMES.contains(stem));
  }
}

package dev.slipway.app.init;

import dev.slipway.app.init.Draft.Access;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Packages of node: those with a start are services, workspaces each on their own. */
final class Node {
  /** Everything of the package in one file; node runs from where it is unpacked. */
  static final String ARTIFACT = "build/artifact.tgz";

  private static final String PACK =
      "mkdir -p build && tar --exclude=./.git --exclude=./build/artifact.tgz -czf build/artifact.tgz .";
  private static final String UNPACK =
      "mkdir -p app && tar -xzf \"$0\" -C app && cd app && exec node \"$@\"";
  private static final Pattern NODE_SCRIPT =
      Pattern.compile("(?:NODE_ENV=\\w+ )?node (?<arguments>[\\w./=@ -]{1,500})");
  private static final List<String> ENTRIES =
      List.of(
          "server.js",
          "index.js",
          "app.js",
          "main.js",
          "src/server.js",
          "src/index.js",
          "src/main.js",
          "server.mjs",
          "index.mjs",
          "src/index.mjs");
  private static final Pattern NODE_TEST =
      Pattern.compile(
          "(.*/)?test/[^/]+\\.[cm]?js|(.*/)?[^/]+[._-]test\\.[cm]?js|(.*/)?test-[^/]+\\.[cm]?js");

  private final Folder folder;
  private final JsonNode manifest;
  private final SourceClues clues;

  private Node(Folder folder, JsonNode manifest) {
    this.folder = folder;
    this.manifest = manifest;
    this.clues = SourceClues.of(folder);
  }

  /** The services of the folder; empty if it has no {@code package.json} that can be read. */
  static List<Draft> drafts(Folder folder) {
    Optional<JsonNode> manifest = manifest(folder);
    if (manifest.isEmpty()) {
      return List.of();
    }
    List<Folder> workspaces = workspaces(folder, manifest.get());
    if (workspaces.isEmpty()) {
      return List.of(new Node(folder, manifest.get()).draft());
    }
    List<Draft> drafts = new ArrayList<>();
    for (Folder workspace : workspaces) {
      manifest(workspace).ifPresent(m -> drafts.add(new Node(workspace, m).draft()));
    }
    return drafts;
  }

  private static Optional<JsonNode> manifest(Folder folder) {
    return folder
        .text("package.json")
        .flatMap(
            text -> {
              try {
                return Optional.of(JsonMapper.shared().readTree(text)).filter(JsonNode::isObject);
              } catch (JacksonException e) {
                return Optional.empty();
              }
            });
  }

  /** Directories that the workspaces' globs name: as they are, or all of a directory's. */
  private static List<Folder> workspaces(Folder folder, JsonNode manifest) {
    JsonNode globs = manifest.path("workspaces");
    JsonNode list = globs.isObject() ? globs.path("packages") : globs;
    List<Folder> found = new ArrayList<>();
    for (JsonNode glob : list) {
      String path = glob.asString("").replaceFirst("^\\./", "").replaceFirst("/$", "");
      if (path.endsWith("/*") || path.endsWith("/**")) {
        Folder parent = folder.in(path.replaceFirst("/\\*+$", ""));
        parent.directories().forEach(directory -> found.add(parent.in(directory)));
      } else if (!path.isEmpty() && !path.contains("*") && !path.contains("..")) {
        found.add(folder.in(path));
      }
    }
    return found.stream().filter(each -> each.has("package.json")).distinct().toList();
  }

  private Draft draft() {
    Draft.Builder draft =
        new Draft.Builder(
            manifest.path("name").asString(folder.label()), "node (package.json)", folder.name());
    Optional<List<String>> start = start();
    if (start.isPresent()) {
      draft.build(new Draft.Build(shell(buildScript(), List.of()), ARTIFACT, access()));
      List<String> run = new ArrayList<>(List.of("sh", "-c", UNPACK, "${ARTIFACT}"));
      run.addAll(start.get());
      draft.run(new Draft.Run(run, clues));
    }
    tests(draft);
    return draft.draft();
  }

  /** The arguments of node that start the service. */
  private Optional<List<String>> start() {
    String script = manifest.path("scripts").path("start").asString("").strip();
    Matcher matcher = NODE_SCRIPT.matcher(script);
    if (matcher.matches()) {
      return Optional.of(List.of(matcher.group("arguments").strip().split(" +")));
    }
    if (clues.http() == SourceClues.Http.NOT_SEEN) {
      return Optional.empty();
    }
    String main = manifest.path("main").asString("");
    return Stream.concat(Stream.of(main), ENTRIES.stream())
        .filter(entry -> !entry.isEmpty() && folder.has(entry))
        .findFirst()
        .map(List::of);
  }

  private String buildScript() {
    String install = hasDependencies() ? install() + " && " : "";
    String build = manifest.path("scripts").has("build") ? runner() + " run build && " : "";
    return install + build + PACK;
  }

  private boolean hasDependencies() {
    return !manifest.path("dependencies").isEmpty() || !manifest.path("devDependencies").isEmpty();
  }

  private boolean dependsOn(String name) {
    return manifest.path("dependencies").has(name) || manifest.path("devDependencies").has(name);
  }

  private String runner() {
    if (folder.has("pnpm-lock.yaml")) {
      return "pnpm";
    }
    return folder.has("yarn.lock") ? "yarn" : "npm";
  }

  private String install() {
    return switch (runner()) {
      case "pnpm" -> "pnpm install --frozen-lockfile";
      case "yarn" -> "yarn install --frozen-lockfile";
      default -> folder.has("package-lock.json") ? "npm ci" : "npm install";
    };
  }

  private Access access() {
    return hasDependencies() ? Access.network("~/.npm") : Access.NONE;
  }

  private void tests(Draft.Builder draft) {
    if (dependsOn("vitest")) {
      vitest(draft);
    } else if (dependsOn("jest")) {
      jest(draft);
    } else if (runsNodeTest()) {
      List<String> words =
          List.of(
              "node",
              "--test",
              "--experimental-test-coverage",
              "--test-reporter=lcov",
              "--test-reporter-destination=lcov.info",
              "--test-reporter=junit",
              "--test-reporter-destination=junit.xml");
      List<String> command =
          hasDependencies() ? shell(install() + " && exec \"$0\" \"$@\"", words) : words;
      draft.tests(tests(command, List.of("lcov.info")));
    } else {
      draft.note("no test runner was recognised (vitest, jest or node --test)");
    }
  }

  private boolean runsNodeTest() {
    String script = manifest.path("scripts").path("test").asString("");
    boolean stated = script.contains("node --test") || script.contains("node:test");
    return stated
        || folder.files().stream()
            .filter(file -> NODE_TEST.matcher(file).matches())
            .anyMatch(file -> folder.text(file).filter(t -> t.contains("node:test")).isPresent());
  }

  private void vitest(Draft.Builder draft) {
    boolean coverage = dependsOn("@vitest/coverage-v8") || dependsOn("@vitest/coverage-istanbul");
    List<String> words = new ArrayList<>(List.of("npx", "vitest", "run", "--reporter=default"));
    words.addAll(List.of("--reporter=junit", "--outputFile.junit=junit.xml"));
    if (coverage) {
      words.addAll(
          List.of("--coverage", "--coverage.reporter=lcovonly", "--coverage.reportOnFailure"));
    } else {
      draft.note("coverage is not measured: npm install --save-dev @vitest/coverage-v8");
    }
    draft.tests(
        tests(
            shell(install() + " && exec \"$0\" \"$@\"", words),
            coverage ? List.of("coverage/lcov.info") : List.of()));
  }

  private void jest(Draft.Builder draft) {
    if (!dependsOn("jest-junit")) {
      draft.note("tests leave no report that can be read: npm install --save-dev jest-junit");
    }
    List<String> words =
        List.of(
            "npx",
            "jest",
            "--ci",
            "--coverage",
            "--coverageReporters=lcovonly",
            "--reporters=default",
            "--reporters=jest-junit");
    draft.tests(
        tests(shell(install() + " && exec \"$0\" \"$@\"", words), List.of("coverage/lcov.info")));
  }

  private Draft.Tests tests(List<String> command, List<String> coverage) {
    return new Draft.Tests(command, coverage, List.of("junit.xml"), access());
  }

  private static List<String> shell(String script, List<String> words) {
    List<String> command = new ArrayList<>(List.of("sh", "-c", script));
    command.addAll(words);
    return command;
  }
}

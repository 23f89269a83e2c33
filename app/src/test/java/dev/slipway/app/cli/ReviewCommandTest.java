package dev.slipway.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.eclipse.jgit.api.Git;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The two commands that need no control plane, from their arguments to what they print. */
class ReviewCommandTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @TempDir Path directory;
  private Path repository;

  private record Ran(int code, String out) {}

  private static Ran run(Object command, String... args) {
    StringWriter out = new StringWriter();
    int code =
        new CommandLine(command)
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(out, true))
            .setExecutionExceptionHandler(
                (fault, line, parsed) -> fault instanceof Stop stop ? stop.exitCode() : 99)
            .execute(args);
    return new Ran(code, out.toString());
  }

  @BeforeEach
  void setUp() throws Exception {
    repository = Files.createDirectory(directory.resolve("repository"));
    try (Git git = Git.init().setDirectory(repository.toFile()).setInitialBranch("main").call()) {
      commit(git, "first", Map.of("README.md", "Hello\n"));
      commit(
          git,
          "second",
          Map.of("src/a.py", "def a():\n    return 1\n", "tests/test_a.py", "assert a()\n"));
      commit(git, "third", Map.of("db/migration/V1__a b.sql", "DROP TABLE a;\n"));
    }
  }

  private void commit(Git git, String message, Map<String, String> files) throws Exception {
    for (Map.Entry<String, String> file : files.entrySet()) {
      Path path = repository.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.getValue());
    }
    git.add().addFilepattern(".").call();
    git.commit()
        .setMessage(message)
        .setAuthor("Dev", "dev@example.com")
        .setCommitter("Dev", "dev@example.com")
        .setSign(false)
        .call();
  }

  private Ran review(String base, String head, String... more) {
    String[] args = new String[6 + more.length];
    System.arraycopy(
        new String[] {"--repo", repository.toString(), "--base", base, "--head", head},
        0,
        args,
        0,
        6);
    System.arraycopy(more, 0, args, 6, more.length);
    return run(new ReviewCommand(), args);
  }

  @Test
  void aHarmlessChangePassesAndASchemaChangeAsks() {
    Ran harmless = review("HEAD~2", "HEAD~1", "--json");
    assertThat(harmless.code()).as(harmless.out()).isZero();
    assertThat(JSON.readTree(harmless.out()).path("verdict").asString()).isEqualTo("pass");
    Ran schema = review("HEAD~1", "HEAD", "--json");
    assertThat(schema.code()).isEqualTo(3);
    assertThat(schema.out()).contains("schema.destructive");
  }

  @Test
  void sarifHasWhatTheStandardAsksFor() {
    Ran ran = review("HEAD~1", "HEAD", "--sarif");
    assertThat(ran.code()).isEqualTo(3);
    JsonNode log = JSON.readTree(ran.out());
    assertThat(log.path("version").asString()).isEqualTo("2.1.0");
    JsonNode only = log.path("runs").get(0);
    assertThat(only.path("tool").path("driver").path("name").asString()).isEqualTo("Slipway");
    assertThat(only.path("invocations").get(0).path("executionSuccessful").isBoolean()).isTrue();
    assertThat(only.path("results").size()).isPositive();
    for (JsonNode result : only.path("results")) {
      assertThat(result.path("message").path("text").asString()).isNotBlank();
      assertThat(result.path("level").asString()).isIn("none", "note", "warning", "error");
      assertThat(only.path("tool").path("driver").path("rules").toString())
          .contains("\"id\":\"" + result.path("ruleId").asString() + "\"");
      JsonNode place = result.path("locations").get(0).path("physicalLocation");
      String uri = place.path("artifactLocation").path("uri").asString();
      assertThat(URI.create(uri).isAbsolute()).isFalse();
      assertThat(uri).doesNotContain(" ").startsWith("db/migration/V1__a%20b.sql");
      assertThat(place.path("region").path("startLine").asInt(1)).isPositive();
      assertThat(result.path("partialFingerprints").path("primaryLocationLineHash").asString())
          .matches(Pattern.compile("[0-9a-f]{16}:\\d+"));
    }
  }

  @Test
  void severalPatchesGiveALineEachAndTheWorstCode() throws IOException {
    Path good = patch("good.patch", "docs/a.md", "+Hello");
    Path bad = patch("bad.patch", "db/migration/V2__b.sql", "+DROP TABLE b;");
    Path missing = directory.resolve("missing.patch");
    Ran ran =
        run(
            new ReviewCommand(),
            "--diff",
            good.toString(),
            bad.toString(),
            missing.toString(),
            "--json");
    assertThat(ran.out().strip().lines()).hasSize(3);
    assertThat(ran.out().lines().map(line -> JSON.readTree(line).path("verdict").asString()))
        .containsExactly("pass", "fail", "not_run");
    assertThat(ran.code()).isEqualTo(4);
    assertThat(run(new ReviewCommand(), "--diff", good.toString(), bad.toString()).code())
        .isEqualTo(3);
    Ran sarif = run(new ReviewCommand(), "--diff", good.toString(), missing.toString(), "--sarif");
    assertThat(JSON.readTree(sarif.out()).path("runs").size()).isEqualTo(2);
  }

  private Path patch(String name, String path, String line) throws IOException {
    return Files.writeString(
        directory.resolve(name),
        "diff --git a/"
            + path
            + " b/"
            + path
            + "\nnew file mode 100644\n--- /dev/null\n+++ b/"
            + path
            + "\n@@ -0,0 +1 @@\n"
            + line
            + "\n");
  }

  /** D12 among them: a revision called like an option or a command. */
  @Test
  void whatCannotBeMeantIsAUsageError() {
    assertThat(run(new ReviewCommand(), "--base", "main").code()).isEqualTo(2);
    assertThat(review("HEAD~1", "nowhere").code()).isEqualTo(2);
    assertThat(review("HEAD~1", "HEAD", "--json", "--sarif").code()).isEqualTo(2);
    assertThat(review("--upload-pack=touch x", "$(touch x)").code()).isEqualTo(2);
    assertThat(run(new BacktestCommand(), "--repo", repository.toString(), "--last", "0").code())
        .isEqualTo(2);
  }

  @Test
  void aBacktestJudgesEveryCommitAgainstItsFirstParent() throws IOException {
    Ran ran = run(new BacktestCommand(), "--repo", repository.toString(), "--json");
    assertThat(ran.code()).as(ran.out()).isZero();
    assertThat(ran.out().lines()).hasSize(3);
    JsonNode newest = JSON.readTree(ran.out().lines().findFirst().orElseThrow());
    assertThat(newest.path("commit").asString()).hasSize(40);
    assertThat(newest.path("disposition").asString()).isEqualTo("ask");
    JsonNode summary =
        JSON.readTree(ran.out().lines().reduce((a, b) -> b).orElseThrow()).path("summary");
    assertThat(summary.path("changes").asInt()).isEqualTo(2);
    assertThat(summary.path("left").asInt()).isZero();
    assertThat(summary.path("asked").asInt()).isEqualTo(1);

    Path list =
        Files.writeString(directory.resolve("commits"), newest.path("commit").asString() + "\n");
    Path labels =
        Files.writeString(directory.resolve("labels"), newest.path("commit").asString() + " 1\n");
    Ran one =
        run(
            new BacktestCommand(),
            "--repo",
            repository.toString(),
            "--commits",
            list.toString(),
            "--labels",
            labels.toString());
    assertThat(one.code()).isZero();
    assertThat(one.out()).contains("1 changes, 1 (100.0 %)", "precision 1.000");
  }
}

package dev.slipway.app;

import dev.slipway.app.json.Json;
import dev.slipway.pipeline.Step;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * {@code slipway ship} of the packaged jar, as a process of its own with its own control plane;
 * read as it talks.
 */
final class ShipProcess implements AutoCloseable {
  private static final Path JAR = Path.of("target/slipway.jar").toAbsolutePath();

  /** The first that ends in order leaves its classes here; the next start in half the time. */
  private static final Path ARCHIVE = Path.of("target/test-server.jsa").toAbsolutePath();

  /** A line of progress: seconds, the state people see, and the step in brackets. */
  private static final Pattern PROGRESS = Pattern.compile(" *[0-9.]+ s  [A-Z_]+ \\(([a-z ]+)\\).*");

  private final Process process;
  private final Path said;
  private final Path printed;

  private ShipProcess(Process process, Path said, Path printed) {
    this.process = process;
    this.said = said;
    this.printed = printed;
  }

  static ShipProcess start(Path repository, Path home, String branch) throws IOException {
    Path said = Files.createTempFile(home.getParent(), branch, ".progress");
    Path printed = Files.createTempFile(home.getParent(), branch, ".json");
    Process process =
        new ProcessBuilder(
                Stream.concat(
                        Stream.of(
                            ProcessHandle.current().info().command().orElseThrow(),
                            "-XX:+UseSerialGC",
                            "-XX:TieredStopAtLevel=1",
                            "-XX:+AutoCreateSharedArchive",
                            "-XX:SharedArchiveFile=" + ARCHIVE,
                            "-Xlog:cds=off",
                            "-Xlog:cds+dynamic=off",
                            "-jar",
                            JAR.toString()),
                        words(repository, home, branch).stream())
                    .toList())
            .redirectError(said.toFile())
            .redirectOutput(printed.toFile())
            .start();
    return new ShipProcess(process, said, printed);
  }

  private static List<String> words(Path repository, Path home, String branch) {
    return List.of(
        "ship",
        "--home",
        home.toString(),
        "--repo",
        repository.toString(),
        "--head",
        branch,
        "--first-deployment",
        "--as",
        "ada@example.com",
        "--staging-measure",
        "1s",
        "--canary-window",
        "8s",
        "--ramp-step",
        "4s",
        "--json");
  }

  /** Returns once it has said that it is at the step or beyond; false if it ended before. */
  boolean awaitStep(Step step) throws IOException, InterruptedException {
    while (true) {
      boolean ended = process.waitFor(5, TimeUnit.MILLISECONDS);
      if (at().filter(it -> it.compareTo(step) >= 0).isPresent()) {
        return !ended;
      }
      if (ended) {
        return false;
      }
    }
  }

  private Optional<Step> at() throws IOException {
    try (Stream<String> lines = Files.lines(said, StandardCharsets.UTF_8)) {
      return lines
          .map(PROGRESS::matcher)
          .filter(Matcher::matches)
          .map(it -> Step.valueOf(it.group(1).replace(' ', '_').toUpperCase(Locale.ROOT)))
          .max(Step::compareTo);
    }
  }

  /** Waits so long, or until it has ended: true then. */
  boolean endsWithin(Duration pause) throws InterruptedException {
    return process.waitFor(pause.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Kills it (SIGKILL). */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** What it prints in the end. */
  JsonNode result() throws IOException, InterruptedException {
    process.waitFor();
    String text = Files.readString(printed);
    if (text.isBlank()) {
      throw new AssertionError(
          "ship ended with " + process.exitValue() + ": " + Files.readString(said));
    }
    return Json.mapper().readTree(text);
  }

  @Override
  public void close() throws InterruptedException {
    kill();
  }
}

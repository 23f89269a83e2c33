package dev.slipway.app;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A git repository with the Python sample as its main branch, and branches with changes of it. */
final class Shop {
  static final String CONFIGURATION =
      """
      version: 1
      services:
        greeter:
          kind: http
          paths: ["**"]
          build:
            command: ["/usr/bin/python3", "build.py"]
            artifact: dist/greeter.pyz
          test:
            command: ["/usr/bin/python3", "-m", "pytest", "-q", "-p", "no:cacheprovider",
                      "--cov", "--cov-report=xml", "--junitxml=report.xml"]
            coverage: ["coverage.xml"]
            junit: ["report.xml"]
          run:
            command: ["/usr/bin/python3", "${ARTIFACT}"]
            env: { PORT: "${PORT}" }
            health: /health
          smoke:
            http:
              - { get: /health, status: 200 }
              - { get: "/greet?name=Ada", status: 200, json: { "$.greeting": exists }, within: 5s }
          staging:
            measure: 2s
            load: { rate: 60/s, requests: [ { get: "/greet?name=Ada" } ] }
          production:
            ramp: [50%, 100%]
            window: 20s
            step: 12s
      policy:
        coverage_min: 80%
        # What these tests are about is not how fast a busy machine answers.
        latency_p99_max: 10s
        regression_tolerance: 900%
      """;

  private final Path directory;

  private Shop(Path directory) {
    this.directory = directory;
  }

  /** Makes the repository in an empty directory. */
  static Shop in(Path directory) throws IOException, InterruptedException {
    return of(directory, "python-greeter", CONFIGURATION);
  }

  /** Makes a repository of another sample. */
  static Shop of(Path directory, String name, String configuration)
      throws IOException, InterruptedException {
    Shop shop = new Shop(directory);
    Path sample = Path.of("src/test/resources/samples", name).toAbsolutePath();
    Files.walkFileTree(
        sample,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Path copy = directory.resolve(sample.relativize(file).toString());
            Files.createDirectories(copy.getParent());
            Files.copy(file, copy);
            return FileVisitResult.CONTINUE;
          }
        });
    Files.delete(directory.resolve("change.patch"));
    Files.writeString(directory.resolve(".slipway.yml"), configuration);
    shop.git("init", "-q", "-b", "main");
    shop.commit("The sample");
    return shop;
  }

  /** Makes a repository of these files. */
  static Shop of(Path directory, Map<String, String> files)
      throws IOException, InterruptedException {
    Shop shop = new Shop(directory);
    for (Map.Entry<String, String> file : files.entrySet()) {
      shop.write(file.getKey(), file.getValue());
    }
    shop.git("init", "-q", "-b", "main");
    shop.commit("The sample");
    return shop;
  }

  Path directory() {
    return directory;
  }

  /** A branch with the sample's own clean, covered change. */
  void cleanBranch(String name) throws IOException, InterruptedException {
    git("checkout", "-q", "-b", name, "main");
    git(
        "apply",
        Path.of("src/test/resources/samples/python-greeter/change.patch")
            .toAbsolutePath()
            .toString());
    commit("Greet by locale");
    git("checkout", "-q", "main");
  }

  /** A branch that changes one file. */
  void branch(String name, String file, String content) throws IOException, InterruptedException {
    git("checkout", "-q", "-b", name, "main");
    write(file, content);
    commit("Change " + file);
    git("checkout", "-q", "main");
  }

  String read(String file) throws IOException {
    return Files.readString(directory.resolve(file));
  }

  void write(String file, String content) throws IOException {
    Files.createDirectories(directory.resolve(file).getParent());
    Files.writeString(directory.resolve(file), content);
  }

  void commit(String message) throws IOException, InterruptedException {
    git("add", "-A");
    git("-c", "user.name=Ada", "-c", "user.email=ada@example.com", "commit", "-q", "-m", message);
  }

  String git(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("git", "-C", directory.toString()));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes());
    if (process.waitFor() != 0) {
      throw new IOException(command + ": " + output);
    }
    return output.strip();
  }
}

package dev.slipway.app.demo;

import dev.slipway.app.config.Parsed;
import dev.slipway.app.config.ProjectFile;
import dev.slipway.policy.Thresholds;
import dev.slipway.project.Project;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The sample service as a git repository of its own: the base on {@code main}, and a branch for
 * each of the five changes.
 *
 * @param repository its working tree
 */
record Sample(Path repository) {
  private static final Path PLACE = Path.of("examples", "orders");
  private static final String CHANGES = "changes";
  private static final List<String> LEFT_OUT = List.of(CHANGES, "target");

  /** Whose repository it is, and who consents to the first deployment. */
  static final String MAINTAINER = "maintainer@orders.example";

  /** Where the sample's sources are: beside the program, or beside where it was started. */
  static Path sources() {
    return Stream.of(program(), Path.of("").toAbsolutePath())
        .flatMap(start -> Stream.iterate(Optional.of(start), Optional::isPresent, Sample::above))
        .flatMap(Optional::stream)
        .map(directory -> directory.resolve(PLACE))
        .filter(directory -> Files.exists(directory.resolve(".slipway.yml")))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "the demo needs " + PLACE + " of Slipway's sources; run it from a clone"));
  }

  private static Optional<Path> above(Optional<Path> directory) {
    return directory.map(Path::getParent);
  }

  private static Path program() {
    try {
      return Path.of(Sample.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException("cannot tell where the program is", e);
    }
  }

  /** What its own configuration holds its canaries to. */
  Thresholds limits() {
    Path file = repository.resolve(".slipway.yml");
    try {
      return switch (ProjectFile.parse(file.toString(), Files.readAllBytes(file))) {
        case Parsed.Valid<Project>(Project project) -> project.limits();
        case Parsed.Invalid<Project> invalid ->
            throw new IllegalStateException("the sample is not valid: " + invalid.errors());
      };
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  /** Makes the repository. */
  static Sample create(Programs programs, Path sources, Path repository)
      throws InterruptedException {
    copy(sources, repository);
    Sample sample = new Sample(repository);
    sample.git(programs, MAINTAINER, "init", "--quiet", "--initial-branch=main");
    sample.git(programs, MAINTAINER, "config", "user.email", MAINTAINER);
    sample.git(programs, MAINTAINER, "config", "user.name", "Maintainer");
    sample.git(programs, MAINTAINER, "config", "commit.gpgsign", "false");
    sample.git(programs, MAINTAINER, "add", "--all");
    sample.git(programs, MAINTAINER, "commit", "--quiet", "-m", "Take, list and price orders");
    for (SampleChange change : SampleChange.values()) {
      Path directory = sources.resolve(CHANGES).resolve(change.branch()).toAbsolutePath();
      String author = change.author();
      sample.git(programs, author, "checkout", "--quiet", "-b", change.branch(), "main");
      sample.git(programs, author, "apply", "--index", directory.resolve("change.patch") + "");
      sample.git(
          programs, author, "commit", "--quiet", "-F", directory.resolve("message.txt") + "");
    }
    sample.git(programs, MAINTAINER, "checkout", "--quiet", "main");
    return sample;
  }

  private static void copy(Path from, Path to) {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.skip(1).toList()) {
        Path relative = from.relativize(file);
        if (!LEFT_OUT.contains(relative.getName(0).toString())) {
          Files.copy(file, to.resolve(relative.toString()));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot copy " + from + " to " + to, e);
    }
  }

  private void git(Programs programs, String who, String... arguments) throws InterruptedException {
    List<String> command = new ArrayList<>(List.of("git"));
    command.addAll(List.of(arguments));
    programs.require(repository, identity(who), command);
  }

  /** Nobody's own configuration of git has a say: no hooks, no signatures, no templates. */
  private static Map<String, String> identity(String email) {
    String name = email.substring(0, email.indexOf('@'));
    return Map.of(
        "GIT_CONFIG_GLOBAL", "/dev/null",
        "GIT_CONFIG_NOSYSTEM", "1",
        "GIT_AUTHOR_NAME", name,
        "GIT_AUTHOR_EMAIL", email,
        "GIT_COMMITTER_NAME", name,
        "GIT_COMMITTER_EMAIL", email);
  }
}

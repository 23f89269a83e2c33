package dev.slipway.app.cli;

import dev.slipway.agents.review.ReviewFloor;
import dev.slipway.agents.review.Subject;
import dev.slipway.app.api.ReviewView;
import dev.slipway.app.backtest.Backtest;
import dev.slipway.app.backtest.Backtest.Result;
import dev.slipway.app.backtest.Judged;
import dev.slipway.app.backtest.Past;
import dev.slipway.app.backtest.Rules;
import dev.slipway.app.backtest.Summary;
import dev.slipway.app.config.ConfigError;
import dev.slipway.app.config.GitProjects;
import dev.slipway.app.config.Parsed;
import dev.slipway.app.config.ProjectFile;
import dev.slipway.app.detectors.Detectors;
import dev.slipway.app.json.Json;
import dev.slipway.app.localgit.LocalGit;
import dev.slipway.app.localgit.Mainline;
import dev.slipway.app.localgit.Mainline.Merged;
import dev.slipway.app.localgit.Revisions;
import dev.slipway.app.sandbox.Unconfined;
import dev.slipway.change.CommitId;
import dev.slipway.policy.Thresholds;
import dev.slipway.project.Project;
import dev.slipway.project.Projects;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.ObjectNode;

/** Judges what was merged in the past. */
@Command(
    name = "backtest",
    mixinStandardHelpOptions = true,
    description = {
      "Runs the review's floor and the policy over merged changes: what share would have gone to",
      "a person, for which reasons, and what a changed policy would alter."
    },
    footer = {
      "",
      "Each commit is judged against its first parent, with the history known at that time,",
      "by the configuration of the newest commit. Exit codes: 0 all were judged, 2 usage, 4 not"
          + " all",
      "could be.",
      "",
      "Examples:",
      "  slipway backtest --repo .",
      "  slipway backtest --repo . --last 1000 --policy proposed.yml",
      "  slipway backtest --repo . --commits merged.txt --labels harmful.txt --json"
    })
final class BacktestCommand implements Callable<Integer> {
  private static final Duration PER_DETECTOR = Duration.ofSeconds(60);

  private static final Set<String> TRUE = Set.of("1", "true", "harmful", "human", "ask", "risky");
  private static final Set<String> FALSE = Set.of("0", "false", "safe", "proceed", "clean");

  @Spec CommandSpec spec = CommandSpec.create();
  @Mixin Output output = new Output();

  @Option(names = "--repo", paramLabel = "DIR", description = "the repository; default: here")
  Path repository = Path.of(".");

  @Option(names = "--head", paramLabel = "REV", description = "the newest change; default: HEAD")
  String head = "HEAD";

  @Option(names = "--last", paramLabel = "N", description = "how many changes; default: 500")
  int last = 500;

  @Option(names = "--commits", paramLabel = "FILE", description = "these changes: a commit a line")
  Optional<Path> commits = Optional.empty();

  @Option(
      names = "--policy",
      paramLabel = "FILE",
      description = "a changed .slipway.yml: shows what it would alter, change by change")
  Optional<Path> policy = Optional.empty();

  @Option(
      names = "--labels",
      paramLabel = "FILE",
      description = "what is known of changes: a commit and 1 (harmful) or 0 a line")
  Optional<Path> labels = Optional.empty();

  @Override
  public Integer call() throws InterruptedException {
    if (last < 1 || last > 1_000_000) {
      throw new Stop(Slipway.USAGE, "--last must lie between 1 and 1000000, not " + last);
    }
    String where = repository.toAbsolutePath().normalize().toString();
    CommitId newest = commit(where, head);
    Map<String, Boolean> known = labels.map(file -> labels(where, file)).orElse(Map.of());
    List<Merged> changes =
        commits
            .map(file -> Mainline.of(where, listed(where, file)))
            .orElseGet(() -> Mainline.last(where, newest, last));
    Path scratch = Path.of(System.getProperty("java.io.tmpdir"));
    try (LocalGit git = new LocalGit(scratch, new Unconfined(scratch))) {
      Backtest backtest =
          new Backtest(
              new ReviewFloor(Detectors.all(), PER_DETECTOR),
              rules(project(new GitProjects(git).at(where, newest))),
              policy.map(BacktestCommand::read));
      List<Past> pasts = changes.stream().map(change -> past(git, where, change)).toList();
      return run(backtest, pasts, known);
    }
  }

  private int run(Backtest backtest, List<Past> pasts, Map<String, Boolean> known)
      throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    List<Judged> judged = new ArrayList<>();
    int[] left = {0};
    int threads = Math.max(1, Math.min(8, Runtime.getRuntime().availableProcessors()));
    try (ProgressBar bar = new ProgressBar(spec.commandLine().getErr(), pasts.size())) {
      backtest.run(
          pasts,
          threads,
          result -> {
            switch (result) {
              case Result.Done done -> judged.add(done.judged());
              case Result.Left ignored -> left[0]++;
            }
            if (output.json) {
              out.println(line(result));
            }
            bar.step();
          });
    }
    Summary summary = Summary.of(judged, left[0], known);
    if (output.json) {
      ObjectNode end = Json.mapper().createObjectNode();
      end.set("summary", Json.mapper().valueToTree(summary));
      out.println(Json.mapper().writeValueAsString(end));
    } else {
      BacktestText.print(out, summary);
    }
    return judged.isEmpty() || left[0] > 0 ? Slipway.NOT_RUN : 0;
  }

  /** The commit, then as a review is shown. */
  private static String line(Result result) {
    ObjectNode line = Json.mapper().createObjectNode();
    switch (result) {
      case Result.Done(Judged judged) -> {
        line.put("commit", judged.commit().hex());
        line.setAll(
            view(ReviewView.of(judged.commit().hex(), judged.review(), judged.judgement())));
        judged
            .other()
            .ifPresent(
                other -> {
                  ObjectNode changed = line.putObject("policy");
                  changed.put("verdict", other.verdict().label());
                  changed.put("disposition", other.disposition().label());
                });
      }
      case Result.Left(CommitId commit, String why) -> {
        line.put("commit", commit.hex());
        line.setAll(view(ReviewView.unreadable(commit.hex(), why)));
      }
    }
    return Json.mapper().writeValueAsString(line);
  }

  private static ObjectNode view(ReviewView view) {
    return Json.mapper().valueToTree(view);
  }

  private static Past past(LocalGit git, String where, Merged change) {
    return new Past(
        change.commit(),
        () ->
            change
                .parent()
                .map(
                    parent ->
                        new Subject(
                            change.subject(),
                            change.message(),
                            change.author(),
                            git.diff(where, parent, change.commit()),
                            Optional.of(git.tree(where, parent)),
                            Optional.of(git.tree(where, change.commit())),
                            Optional.of(git.history(where, parent)),
                            Optional.empty())));
  }

  private static Rules rules(Optional<Project> project) {
    return new Rules(
        project.map(it -> Thresholds.DEFAULT.tightenedBy(it.limits())).orElse(Thresholds.DEFAULT),
        project);
  }

  private static Rules read(Path file) {
    try {
      return switch (ProjectFile.parse(file.toString(), Files.readAllBytes(file))) {
        case Parsed.Valid<Project> valid ->
            new Rules(valid.value().limits(), Optional.of(valid.value()));
        case Parsed.Invalid<Project> invalid ->
            throw new Stop(
                Slipway.USAGE,
                String.join("\n  ", invalid.errors().stream().map(ConfigError::toString).toList()));
      };
    } catch (IOException e) {
      throw new Stop(Slipway.USAGE, file + " cannot be read: " + e.getClass().getSimpleName());
    }
  }

  private static Optional<Project> project(Projects.Reading reading) {
    return switch (reading) {
      case Projects.Reading.Configured configured -> Optional.of(configured.project());
      case Projects.Reading.Missing ignored -> Optional.empty();
      case Projects.Reading.Invalid invalid ->
          throw new Stop(Slipway.USAGE, String.join("\n  ", invalid.errors()));
    };
  }

  private static CommitId commit(String where, String revision) {
    return Revisions.resolve(where, revision)
        .orElseThrow(() -> new Stop(Slipway.USAGE, where + " has no commit " + revision));
  }

  private static List<CommitId> listed(String where, Path file) {
    return lines(file).stream().map(line -> commit(where, line.split("\\s", 2)[0])).toList();
  }

  private static Map<String, Boolean> labels(String where, Path file) {
    Map<String, Boolean> labels = new HashMap<>();
    for (String line : lines(file)) {
      String[] parts = line.split("[\\s,;]+");
      String label = parts.length < 2 ? "" : parts[1].toLowerCase(Locale.ROOT);
      if (!TRUE.contains(label) && !FALSE.contains(label)) {
        throw new Stop(Slipway.USAGE, file + ": a line is a commit and 1 or 0, not: " + line);
      }
      labels.put(commit(where, parts[0]).hex(), TRUE.contains(label));
    }
    return labels;
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file).stream()
          .map(String::strip)
          .filter(line -> !line.isEmpty() && !line.startsWith("#"))
          .toList();
    } catch (IOException e) {
      throw new Stop(Slipway.USAGE, file + " cannot be read: " + e.getClass().getSimpleName());
    }
  }
}

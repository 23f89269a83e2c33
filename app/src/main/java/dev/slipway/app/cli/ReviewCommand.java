package dev.slipway.app.cli;

import dev.slipway.agents.review.FloorReview;
import dev.slipway.agents.review.ReviewAgent;
import dev.slipway.agents.review.ReviewFloor;
import dev.slipway.agents.review.Subject;
import dev.slipway.app.api.ReviewView;
import dev.slipway.app.config.GitProjects;
import dev.slipway.app.detectors.Detectors;
import dev.slipway.app.json.Json;
import dev.slipway.app.localgit.LocalGit;
import dev.slipway.app.localgit.Revisions;
import dev.slipway.app.localgit.UnifiedDiff;
import dev.slipway.app.sandbox.Unconfined;
import dev.slipway.app.sarif.SarifLog;
import dev.slipway.change.CommitId;
import dev.slipway.policy.Judgement;
import dev.slipway.policy.Policy;
import dev.slipway.policy.Thresholds;
import dev.slipway.project.Project;
import dev.slipway.project.Projects;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Reviews a change, without a control plane and without network. */
@Command(
    name = "review",
    mixinStandardHelpOptions = true,
    description = "Reviews the difference of two commits, or patch files; offline.",
    footer = {
      "",
      "Examples:",
      "  slipway review --repo . --base main --head my-change",
      "  slipway review --diff one.patch two.patch --json",
      "  slipway review --repo . --base main --head my-change --sarif > slipway.sarif"
    })
final class ReviewCommand implements Callable<Integer> {
  private static final Duration PER_DETECTOR = Duration.ofSeconds(30);

  /** The gravest first: usage, fail, not run, person, pass. */
  private static final List<Integer> WORST_FIRST = List.of(2, 1, 4, 3, 0);

  /** An approval could be for no commit here: there is none to approve. */
  private static final CommitId NO_HEAD = new CommitId("0".repeat(40));

  @Spec CommandSpec spec = CommandSpec.create();
  @Mixin Output output = new Output();

  @Option(names = "--repo", paramLabel = "DIR", description = "the repository; default: here")
  Path repository = Path.of(".");

  @Option(names = "--base", paramLabel = "REV", description = "what the change goes into")
  Optional<String> base = Optional.empty();

  @Option(names = "--head", paramLabel = "REV", description = "the change")
  Optional<String> head = Optional.empty();

  @Option(
      names = "--diff",
      paramLabel = "FILE",
      arity = "1..*",
      description = "patch files, each reviewed by itself")
  List<Path> diffs = List.of();

  @Parameters(paramLabel = "FILE", arity = "0..*", description = "more patch files", hidden = true)
  List<Path> more = List.of();

  @Option(
      names = "--sarif",
      description = "print one SARIF 2.1.0 document with a run for each input")
  boolean sarif;

  private final SarifLog log = new SarifLog();

  /** Made by the first review, not for {@code --help}: detectors take a while to get ready. */
  private static final class Floor {
    static final ReviewFloor ALL = new ReviewFloor(Detectors.all(), PER_DETECTOR);
  }

  @Override
  public Integer call() {
    List<Path> patches = new ArrayList<>(diffs);
    patches.addAll(more);
    PrintWriter out = spec.commandLine().getOut();
    if (sarif && output.json) {
      throw new Stop(Slipway.USAGE, "--json and --sarif both claim standard output: say one");
    }
    if (!patches.isEmpty() && (base.isPresent() || head.isPresent())) {
      throw new Stop(Slipway.USAGE, "review either --base and --head or --diff, not both");
    }
    List<Integer> codes = new ArrayList<>();
    if (patches.isEmpty()) {
      codes.add(shown(out, commits()));
    } else {
      for (Path patch : patches) {
        codes.add(shown(out, patch(patch)));
      }
    }
    if (sarif) {
      out.println(log.json());
    }
    return codes.stream().min(Comparator.comparingInt(WORST_FIRST::indexOf)).orElse(Slipway.USAGE);
  }

  private ReviewView patch(Path file) {
    try {
      return switch (UnifiedDiff.read(file)) {
        case UnifiedDiff.Outcome.Read read -> {
          Optional<UnifiedDiff.Message> first = read.messages().stream().findFirst();
          yield review(
              file.toString(),
              new Subject(
                  first.map(UnifiedDiff.Message::subject).orElse(""),
                  first.map(UnifiedDiff.Message::body).orElse(""),
                  first.map(UnifiedDiff.Message::author).orElse(""),
                  read.diff(),
                  Optional.empty(),
                  Optional.empty(),
                  Optional.empty(),
                  Optional.empty()),
              Thresholds.DEFAULT);
        }
        case UnifiedDiff.Outcome.Unreadable it -> unreadable(file, it.reason());
      };
    } catch (IOException e) {
      return unreadable(file, "the file cannot be read: " + e.getClass().getSimpleName());
    }
  }

  private ReviewView unreadable(Path file, String why) {
    log.addUnreadable(file.toString(), why);
    return ReviewView.unreadable(file.toString(), why);
  }

  private ReviewView commits() {
    if (base.isEmpty() || head.isEmpty()) {
      throw new Stop(Slipway.USAGE, "say what to review: --base REV --head REV, or --diff FILE");
    }
    String where = repository.toAbsolutePath().normalize().toString();
    CommitId from = commit(where, base.get());
    CommitId to = commit(where, head.get());
    CommitId old = Revisions.mergeBase(where, from, to).orElse(from);
    Path scratch = Path.of(System.getProperty("java.io.tmpdir"));
    try (LocalGit git = new LocalGit(scratch, new Unconfined(scratch))) {
      Optional<Project> project = project(new GitProjects(git).at(where, from));
      Revisions.Text text = Revisions.text(where, to);
      return review(
          base.get() + ".." + head.get(),
          new Subject(
              text.subject(),
              text.message(),
              text.author(),
              git.diff(where, old, to),
              Optional.of(git.tree(where, old)),
              Optional.of(git.tree(where, to)),
              Optional.of(git.history(where, old)),
              project),
          project
              .map(it -> Thresholds.DEFAULT.tightenedBy(it.limits()))
              .orElse(Thresholds.DEFAULT));
    }
  }

  private static CommitId commit(String where, String revision) {
    return Revisions.resolve(where, revision)
        .orElseThrow(() -> new Stop(Slipway.USAGE, where + " has no commit " + revision));
  }

  private static Optional<Project> project(Projects.Reading reading) {
    return switch (reading) {
      case Projects.Reading.Configured configured -> Optional.of(configured.project());
      case Projects.Reading.Missing ignored -> Optional.empty();
      case Projects.Reading.Invalid invalid ->
          throw new Stop(Slipway.USAGE, String.join("\n  ", invalid.errors()));
    };
  }

  private ReviewView review(String input, Subject subject, Thresholds limits) {
    FloorReview review = Floor.ALL.review(subject);
    if (sarif) {
      log.add(input, review, subject.diff());
    }
    Judgement judgement =
        new Policy(limits).judge(ReviewAgent.report(review, subject), NO_HEAD, List.of());
    return ReviewView.of(input, review, judgement);
  }

  private int shown(PrintWriter out, ReviewView view) {
    if (sarif) {
      return view.exitCode();
    }
    if (output.json) {
      out.println(Json.mapper().writeValueAsString(view));
      return view.exitCode();
    }
    out.printf(
        Locale.ROOT,
        "%s: %s, risk %d of 10 (%.2f)%n",
        view.input(),
        view.verdict(),
        view.risk(),
        view.riskScore());
    view.findings()
        .forEach(
            it ->
                out.printf(
                    "  %-8s %s:%d %s: %s%n",
                    it.severity(), it.file(), it.line(), it.rule(), it.message()));
    view.reasons().forEach(it -> out.println("  a person decides: " + it.message()));
    view.skipped()
        .forEach(it -> out.println("  not looked at: " + it.detector() + ": " + it.why()));
    return view.exitCode();
  }
}

package dev.slipway.app.cli;

import dev.slipway.agents.testing.Generation;
import dev.slipway.agents.testing.PatchText;
import dev.slipway.agents.testing.TestCommit;
import dev.slipway.agents.testing.TestGaps;
import dev.slipway.app.Models;
import dev.slipway.app.anthropic.AnthropicModel;
import dev.slipway.app.api.TestGapsView;
import dev.slipway.app.config.GitProjects;
import dev.slipway.app.coverage.ReportReader;
import dev.slipway.app.generation.Profiles;
import dev.slipway.app.json.Json;
import dev.slipway.app.localgit.LocalGit;
import dev.slipway.app.localgit.Revisions;
import dev.slipway.change.ChangeId;
import dev.slipway.change.CommitId;
import dev.slipway.change.Digest;
import dev.slipway.forge.Branches;
import dev.slipway.model.Conversation;
import dev.slipway.model.Purse;
import dev.slipway.policy.Judgement;
import dev.slipway.policy.Policy;
import dev.slipway.policy.Thresholds;
import dev.slipway.project.Project;
import dev.slipway.project.Projects;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Finds changed lines that no test executes, and has tests written for them. */
@Command(
    name = "test-gaps",
    mixinStandardHelpOptions = true,
    description = "Finds changed lines that no test executes; with --generate has tests written.",
    footer = {
      "",
      "Tests are written by the model that slipway.yml or SLIPWAY_MODEL_* name, proved one by one"
          + " in",
      "the sandbox, and those that hold are committed to the head branch.",
      "",
      "Examples:",
      "  slipway test-gaps --repo . --base main --head my-change",
      "  slipway test-gaps --repo . --base main --head my-change --generate --dry-run"
    })
final class TestGapsCommand implements Callable<Integer> {
  @Spec CommandSpec spec = CommandSpec.create();
  @Mixin Output output = new Output();
  @Mixin Home home = new Home();

  @Option(names = "--repo", paramLabel = "DIR", description = "the repository; default: here")
  Path repository = Path.of(".");

  @Option(names = "--base", paramLabel = "REV", required = true, description = "what it goes into")
  String base = "";

  @Option(names = "--head", paramLabel = "REV", required = true, description = "the change")
  String head = "";

  @Option(names = "--generate", description = "have tests written for the gaps")
  boolean generate;

  @Option(names = "--dry-run", description = "with --generate: print a patch, commit nothing")
  boolean dryRun;

  @Option(names = "--sandbox", paramLabel = "auto|none", defaultValue = "AUTO")
  Session.SandboxChoice sandbox = Session.SandboxChoice.AUTO;

  @Override
  public Integer call() throws InterruptedException {
    String where = repository.toAbsolutePath().normalize().toString();
    CommitId from = commit(where, base);
    CommitId to = commit(where, head);
    CommitId old = Revisions.mergeBase(where, from, to).orElse(from);
    try (LocalGit git =
        new LocalGit(home.path().resolve("checkouts"), Session.sandbox(home.path(), sandbox))) {
      Project project = project(new GitProjects(git).at(where, from));
      TestGaps gaps = new TestGaps(git, new ReportReader(), Profiles.all());
      TestGaps.Found found =
          gaps.find(where, old, to, project.concernedBy(git.diff(where, old, to)));
      Judgement judgement =
          new Policy(Thresholds.DEFAULT.tightenedBy(project.limits()))
              .judge(found.report(), to, List.of());
      Optional<Generation> generation =
          generate && !found.all().isEmpty()
              ? Optional.of(generated(gaps, found, where, to, project))
              : Optional.empty();
      Optional<CommitId> commit =
          generation
              .filter(it -> !it.kept().isEmpty() && !dryRun)
              .map(it -> committed(git, where, to, it));
      return shown(
          TestGapsView.of(base + ".." + head, found, judgement, generation, commit), generation);
    }
  }

  private static CommitId commit(String where, String revision) {
    return Revisions.resolve(where, revision)
        .orElseThrow(() -> new Stop(Slipway.USAGE, where + " has no commit " + revision));
  }

  private static Project project(Projects.Reading reading) {
    return switch (reading) {
      case Projects.Reading.Configured configured -> configured.project();
      case Projects.Reading.Missing ignored ->
          throw new Stop(
              Slipway.USAGE,
              "the base has no .slipway.yml, which says how tests run; write one with slipway"
                  + " init");
      case Projects.Reading.Invalid invalid ->
          throw new Stop(Slipway.USAGE, String.join("\n  ", invalid.errors()));
    };
  }

  private Generation generated(
      TestGaps gaps, TestGaps.Found found, String where, CommitId to, Project project)
      throws InterruptedException {
    try (AnthropicModel model =
        Models.of(Session.configuration(home.path()).model(), System.getenv())
            .orElseThrow(
                () ->
                    new Stop(
                        Slipway.NOT_RUN,
                        "--generate needs a model: set model.id and model.api_key_env in "
                            + home.path().resolve("slipway.yml")))) {
      Conversation conversation =
          new Conversation(model, new Purse(project.budget()), this::keepTranscript);
      return gaps.generate(where, to, found, conversation, project.budget().attemptsMax());
    }
  }

  /** Beside no audit log: under its digest in Slipway's home. */
  private Digest keepTranscript(byte[] content) {
    Digest digest = Digest.of(content);
    try {
      Path folder = Files.createDirectories(home.path().resolve("transcripts"));
      Files.write(folder.resolve(digest.hex()), content);
      return digest;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot keep the transcript " + digest, e);
    }
  }

  private CommitId committed(LocalGit git, String where, CommitId to, Generation generation) {
    String transcript = generation.account().exchanges().getLast().transcript().toString();
    CommitId commit =
        git.propose(
            where,
            to,
            TestCommit.of(
                new ChangeId(to.hex()), generation.kept(), Map.of("Slipway-Evidence", transcript)));
    return switch (git.moveBranch(where, head, to, commit)) {
      case Branches.Move.Moved ignored -> commit;
      case Branches.Move.MovedElsewhere elsewhere ->
          throw new Stop(
              Slipway.NOT_RUN,
              head + " has moved to " + elsewhere.actual() + "; the tests are in commit " + commit);
      case Branches.Move.Refused refused ->
          throw new Stop(Slipway.NOT_RUN, refused.reason() + "; the tests are in commit " + commit);
    };
  }

  private int shown(TestGapsView view, Optional<Generation> generation) {
    PrintWriter out = spec.commandLine().getOut();
    if (output.json) {
      out.println(Json.mapper().writeValueAsString(view));
      return view.exitCode();
    }
    out.printf("%s: %s%n", view.input(), view.verdict());
    view.gaps().forEach(it -> out.printf("  gap %s %s %s%n", it.file(), it.function(), it.lines()));
    view.kept().forEach(it -> out.printf("  kept %s: %s%n", it.test(), it.edgeCase()));
    view.dropped().forEach(it -> out.printf("  dropped %s: %s%n", it.test(), it.reason()));
    view.reasons().forEach(it -> out.println("  " + it.message()));
    generation.ifPresent(it -> out.println("  " + it.summary()));
    view.commit().ifPresent(it -> out.println("  committed " + it + " to " + head));
    if (dryRun) {
      generation.ifPresent(it -> out.print(PatchText.of(it.kept())));
    }
    return view.exitCode();
  }
}

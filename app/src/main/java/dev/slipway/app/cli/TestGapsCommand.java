package dev.slipway.app.cli;

import dev.slipway.agents.testing.Generation;
import dev.slipway.agents.testing.PatchText;
import dev.slipway.agents.testing.TestGaps;
import dev.slipway.app.Models;
import dev.slipway.app.anthropic.AnthropicModel;
import dev.slipway.app.api.TestGapsView;
import dev.slipway.app.config.GitProjects;
import dev.slipway.app.config.ProjectFile;
import dev.slipway.app.json.Json;
import dev.slipway.app.localgit.LocalGit;
import dev.slipway.app.localgit.Revisions;
import dev.slipway.change.CommitId;
import dev.slipway.model.Conversation;
import dev.slipway.model.Purse;
import dev.slipway.project.Project;
import dev.slipway.project.Projects;
import java.io.PrintWriter;
import java.nio.file.Path;
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

  @Option(
      names = "--sandbox",
      paramLabel = "auto|none",
      defaultValue = "AUTO",
      description = "none: run the change's commands without a sandbox")
  Session.SandboxChoice sandbox = Session.SandboxChoice.AUTO;

  @Override
  public Integer call() throws InterruptedException {
    if (dryRun && !generate) {
      throw new Stop(Slipway.USAGE, "--dry-run says how to --generate: say both");
    }
    String where = Revised.repository(repository);
    CommitId from = Revised.commit(where, base);
    CommitId to = Revised.commit(where, head);
    CommitId old = Revisions.mergeBase(where, from, to).orElse(from);
    try (LocalGit git =
        new LocalGit(home.path().resolve("checkouts"), Session.sandbox(home.path(), sandbox))) {
      return switch (new GitProjects(git).at(where, from)) {
        case Projects.Reading.Configured(Project project) ->
            searched(
                new GapSearch(
                    git, where, project, Session.configuration(home.path()).ceilings(), old),
                to);
        case Projects.Reading.Missing ignored ->
            shown(
                TestGapsView.notRun(
                    input(),
                    ProjectFile.NAME,
                    base
                        + " has no .slipway.yml, which says how tests run; write one with:"
                        + " slipway init"),
                Optional.empty());
        case Projects.Reading.Invalid invalid ->
            throw new Stop(Slipway.USAGE, String.join("\n  ", invalid.errors()));
      };
    }
  }

  private String input() {
    return base + ".." + head;
  }

  private int searched(GapSearch search, CommitId to) throws InterruptedException {
    if (!generate) {
      return shown(search, search.at(to), to);
    }
    try (AnthropicModel model = model()) {
      TestGaps.Found found = search.at(to);
      return found.all().isEmpty() || !found.testsPass()
          ? shown(search, found, to)
          : closed(search, found, to, model);
    }
  }

  private AnthropicModel model() {
    return Models.of(Session.configuration(home.path()).model(), System.getenv())
        .orElseThrow(
            () ->
                new Stop(
                    Slipway.NOT_RUN,
                    "--generate needs a model: set model.id and model.api_key_env in "
                        + home.path().resolve("slipway.yml")));
  }

  private int closed(GapSearch search, TestGaps.Found found, CommitId to, AnthropicModel model)
      throws InterruptedException {
    Generation generation =
        search.generated(
            found, to, budget -> new Conversation(model, new Purse(budget), transcripts()));
    GapSearch.Outcome outcome =
        dryRun || generation.kept().isEmpty()
            ? GapSearch.Outcome.nothing(found)
            : search.commit(head, to, found, generation);
    return shown(
        TestGapsView.of(
            input(),
            found,
            search.judged(outcome.found(), outcome.commit().orElse(to)),
            generation,
            outcome.commit().isPresent() ? outcome.found().all() : generation.remaining(),
            outcome.commit(),
            outcome.obstacle()),
        Optional.of(generation));
  }

  private int shown(GapSearch search, TestGaps.Found found, CommitId to) {
    return shown(TestGapsView.of(input(), found, search.judged(found, to)), Optional.empty());
  }

  /** Beside no audit log: in Slipway's home. */
  private TranscriptFolder transcripts() {
    return new TranscriptFolder(home.path().resolve("transcripts"));
  }

  private int shown(TestGapsView view, Optional<Generation> generation) {
    PrintWriter out = spec.commandLine().getOut();
    if (output.json) {
      out.println(Json.mapper().writeValueAsString(view));
      return view.exitCode();
    }
    out.printf("%s: %s%n", view.input(), view.verdict());
    view.gaps()
        .forEach(
            it ->
                out.printf(
                    "  gap %s%s: lines %s%n",
                    it.file(), it.function().isEmpty() ? "" : " " + it.function(), it.lines()));
    view.kept().forEach(it -> out.printf("  kept %s: %s%n", it.test(), it.edgeCase()));
    view.dropped().forEach(it -> out.printf("  dropped %s: %s%n", it.test(), it.reason()));
    view.reasons().forEach(it -> out.println("  " + it.message()));
    view.notes().stream()
        .filter(note -> view.reasons().stream().noneMatch(it -> it.message().contains(note)))
        .forEach(it -> out.println("  note: " + it));
    generation.ifPresent(it -> out.println("  " + it.summary()));
    view.commit().ifPresent(it -> out.println("  committed " + it + " to " + head));
    if (dryRun) {
      generation.ifPresent(it -> out.print(PatchText.of(it.kept())));
    }
    return view.exitCode();
  }
}

package dev.slipway.app.cli;

import dev.slipway.app.init.Init;
import dev.slipway.app.init.Proposal;
import dev.slipway.app.json.Json;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes a repository's configuration. */
@Command(
    name = "init",
    mixinStandardHelpOptions = true,
    description = "Writes a commented .slipway.yml from what it finds in the repository.",
    footer = {
      "",
      "Only reads the repository: runs nothing of it, and leaves a file that is there as it is.",
      "Commit the file to the base branch: it is read from nowhere else.",
      "",
      "Examples:",
      "  slipway init",
      "  slipway init --repo ../shop --print",
      "  slipway init --production"
    })
final class InitCommand implements Callable<Integer> {
  @Spec CommandSpec spec = CommandSpec.create();
  @Mixin Output output = new Output();

  @Option(
      names = "--repo",
      paramLabel = "DIR",
      defaultValue = ".",
      description = "the repository; default: here")
  Path repository = Path.of(".");

  @Option(names = "--production", description = "require a language model's review, or a person's")
  boolean production;

  @Option(names = "--print", description = "print the file instead of writing it")
  boolean print;

  /**
   * What is printed.
   *
   * @param written whether the file was written by this run
   */
  record Printed(String file, boolean written, String yaml, List<String> notes) {}

  @Override
  public Integer call() {
    Path directory = repository.toAbsolutePath().normalize();
    if (!Files.isDirectory(directory)) {
      throw new Stop(Slipway.USAGE, directory + " is not a directory");
    }
    Init.Use use = production ? Init.Use.PRODUCTION : Init.Use.TRIAL;
    if (print) {
      return show(directory, Init.detect(directory, use), false);
    }
    return switch (Init.write(directory, use)) {
      case Init.Outcome.Written(Path file, Proposal proposal) -> show(directory, proposal, true);
      case Init.Outcome.Exists(Path file) ->
          throw new Stop(
              1, file + " is there already and was left as it is; --print shows a new proposal");
    };
  }

  private int show(Path directory, Proposal proposal, boolean written) {
    PrintWriter out = spec.commandLine().getOut();
    Path file = directory.resolve(Init.FILE);
    if (output.json) {
      Printed printed = new Printed(file.toString(), written, proposal.yaml(), proposal.notes());
      out.println(Json.mapper().writeValueAsString(printed));
      return 0;
    }
    if (written) {
      out.println("wrote " + file + "; read it, then commit it to the base branch");
    } else {
      out.print(proposal.yaml());
      out.flush();
    }
    PrintWriter notes = written ? out : spec.commandLine().getErr();
    proposal.notes().forEach(note -> notes.println("note: " + note));
    return 0;
  }
}

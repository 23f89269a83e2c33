package dev.slipway.app.cli;

import dev.slipway.app.Restore;
import dev.slipway.change.Person;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Restores a backup. */
@Command(
    name = "restore",
    mixinStandardHelpOptions = true,
    description =
        "Puts the database and the audit log of a backup in the place of the home's, on record."
            + " Stop the control plane first, and put audit.key into the home. A log older than one"
            + " that the home, its database, a witness or the anchor has seen is refused.",
    footer = {"", "Example:", "  slipway restore slipway-2026-11-23.zip"})
final class RestoreCommand implements Callable<Integer> {
  @Spec CommandSpec spec = CommandSpec.create();
  @Mixin Home home = new Home();

  @Parameters(paramLabel = "FILE", description = "a backup")
  Path file = Path.of("");

  @Option(
      names = "--as",
      paramLabel = "LOGIN",
      description = "who restores; default: the user of this machine")
  Optional<String> as = Optional.empty();

  @Override
  public Integer call() throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new Stop(Slipway.USAGE, "there is no file " + file);
    }
    if (ControlPlaneFile.read(home.path()).isPresent()) {
      throw new Stop(Slipway.USAGE, "a control plane runs on " + home.path() + ": stop it first");
    }
    Logging.toFile(home.path().resolve("slipway.log"));
    Restore restore =
        new Restore(home.path(), Session.configuration(home.path()), Clock.systemUTC());
    try {
      long entries =
          restore.from(file, Person.human(as.orElseGet(() -> System.getProperty("user.name"))));
      spec.commandLine().getOut().println("restored: the log has " + entries + " entries");
      return 0;
    } catch (Restore.Refused e) {
      throw new Stop(1, "refused: " + e.getMessage());
    }
  }
}

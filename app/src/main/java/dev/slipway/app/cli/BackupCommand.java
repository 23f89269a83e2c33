package dev.slipway.app.cli;

import dev.slipway.app.ControlPlane;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes a backup. */
@Command(
    name = "backup",
    mixinStandardHelpOptions = true,
    description =
        "Writes the database and the audit log into one file, also while the control plane works."
            + " The log's key, audit.key, is not in it: keep that apart. Nor are artifacts.",
    footer = {"", "Example:", "  slipway backup slipway-2026-11-23.zip"})
final class BackupCommand implements Callable<Integer> {
  @Spec CommandSpec spec = CommandSpec.create();
  @Mixin Home home = new Home();

  @Parameters(paramLabel = "FILE", description = "a new file")
  Path file = Path.of("");

  @Override
  public Integer call() throws IOException {
    if (Files.exists(file)) {
      throw new Stop(Slipway.USAGE, file + " is there already");
    }
    if (!Files.isDirectory(home.path().resolve("audit"))) {
      throw new Stop(Slipway.USAGE, "there is nothing to back up in " + home.path());
    }
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Optional<Session> session = Session.join(home.path());
    try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.TRUNCATE_EXISTING)) {
      if (session.isPresent()) {
        session.get().client().backup(out);
      } else {
        Logging.toFile(home.path().resolve("slipway.log"));
        ControlPlane.backUp(home.path(), Session.configuration(home.path()), out, Instant.now());
      }
    } catch (IOException | RuntimeException e) {
      Files.deleteIfExists(file);
      throw e;
    }
    spec.commandLine().getOut().println(file + ": " + Files.size(file) + " bytes");
    return 0;
  }
}

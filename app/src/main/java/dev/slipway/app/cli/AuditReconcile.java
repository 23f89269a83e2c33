package dev.slipway.app.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** Compares the log with what is. */
@Command(
    name = "reconcile",
    mixinStandardHelpOptions = true,
    description =
        "Compares the log with the digests that run in production and with the commits of the base"
            + " branches. What is there without a record goes on record as a discrepancy, and into"
            + " the population. Exit codes: 0 all is recorded, 1 something is not.",
    footer = {"", "Example:", "  slipway audit reconcile"})
final class AuditReconcile implements Callable<Integer> {
  @Spec CommandSpec spec = CommandSpec.create();
  @Mixin Home home = new Home();
  @Mixin Output output = new Output();

  @Option(
      names = "--sandbox",
      paramLabel = "auto|none",
      defaultValue = "AUTO",
      description = "of the control plane, if this command has to start one; default: auto")
  Session.SandboxChoice sandbox = Session.SandboxChoice.AUTO;

  @Override
  public Integer call() {
    try (Session session = Session.joinOrStart(home.path(), sandbox)) {
      JsonNode found = session.client().reconcile();
      PrintWriter out = spec.commandLine().getOut();
      if (output.json) {
        out.println(found);
      } else if (found.isEmpty()) {
        out.println("all that runs and all that was merged is recorded");
      }
      if (!output.json) {
        for (JsonNode it : found) {
          out.println(
              it.path("place").asString()
                  + ": found "
                  + it.path("found").asString()
                  + ", but "
                  + it.path("detail").asString());
        }
      }
      return found.isEmpty() ? 0 : 1;
    }
  }
}

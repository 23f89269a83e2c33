package dev.slipway.app.cli;

import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Erases a transcript; on record. */
@Command(
    name = "erase",
    mixinStandardHelpOptions = true,
    description =
        "Erases a transcript or report that stands behind a record. The record keeps its digest,"
            + " and the erasure is a record of its own.",
    footer = {
      "",
      "Example:",
      "  slipway audit erase 9f86d081… --reason 'request of the data subject'"
    })
final class AuditErase implements Callable<Integer> {
  @Spec CommandSpec spec = CommandSpec.create();
  @Mixin Home home = new Home();

  @Parameters(paramLabel = "DIGEST", description = "SHA-256 of the content, 64 hex digits")
  String digest = "";

  @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "why")
  String reason = "";

  @Option(
      names = "--as",
      paramLabel = "LOGIN",
      description = "who erases; default: the user of this machine")
  Optional<String> as = Optional.empty();

  @Option(
      names = "--sandbox",
      paramLabel = "auto|none",
      defaultValue = "AUTO",
      description = "of the control plane, if this command has to start one; default: auto")
  Session.SandboxChoice sandbox = Session.SandboxChoice.AUTO;

  @Override
  public Integer call() {
    String hex = digest.startsWith("sha256:") ? digest.substring("sha256:".length()) : digest;
    try (Session session = Session.joinOrStart(home.path(), sandbox)) {
      String by = as.orElseGet(() -> System.getProperty("user.name"));
      session.client().erase(hex, reason, by);
      spec.commandLine().getOut().println("erased " + hex + "; the records keep the digest");
      return 0;
    }
  }
}

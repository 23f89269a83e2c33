package dev.slipway.app.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What an auditor does with the log. */
@Command(
    name = "audit",
    mixinStandardHelpOptions = true,
    description = "Verifies the audit log and takes evidence from it.",
    subcommands = {
      AuditVerify.class,
      AuditKey.class,
      AuditProve.class,
      AuditCheck.class,
      AuditPopulation.class,
      AuditActs.class,
      AuditReconcile.class,
      AuditErase.class
    })
final class AuditCommand implements Runnable {
  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "say what to do; see slipway audit --help");
  }
}

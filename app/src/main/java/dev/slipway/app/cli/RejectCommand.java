package dev.slipway.app.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Ends a change. */
@Command(
    name = "reject",
    mixinStandardHelpOptions = true,
    description = "Ends a change.",
    footer = {
      "",
      "Example:",
      "  slipway reject orders-my-change-1a2b3c4d --comment 'looked at it'"
    })
final class RejectCommand implements Callable<Integer> {
  @Spec CommandSpec spec = CommandSpec.create();
  @Mixin Decision decision = new Decision();

  @Override
  public Integer call() throws InterruptedException {
    return decision.decide("reject", spec.commandLine().getOut(), spec.commandLine().getErr());
  }
}

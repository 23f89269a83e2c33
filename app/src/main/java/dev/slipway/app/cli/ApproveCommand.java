package dev.slipway.app.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Lets a change go on, for exactly the reasons that hold it. */
@Command(
    name = "approve",
    mixinStandardHelpOptions = true,
    description = "Lets a change go on, for exactly the reasons that hold it.",
    footer = {
      "",
      "Example:",
      "  slipway approve orders-my-change-1a2b3c4d --comment 'looked at it'"
    })
final class ApproveCommand implements Callable<Integer> {
  @Spec CommandSpec spec = CommandSpec.create();
  @Mixin Decision decision = new Decision();

  @Override
  public Integer call() throws InterruptedException {
    return decision.decide("approve", spec.commandLine().getOut(), spec.commandLine().getErr());
  }
}

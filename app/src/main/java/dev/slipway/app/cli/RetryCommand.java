package dev.slipway.app.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Tries again what did not run. */
@Command(
    name = "retry",
    mixinStandardHelpOptions = true,
    description = "Tries again what did not run.",
    footer = {"", "Example:", "  slipway retry orders-my-change-1a2b3c4d --comment 'looked at it'"})
final class RetryCommand implements Callable<Integer> {
  @Spec CommandSpec spec = CommandSpec.create();
  @Mixin Decision decision = new Decision();

  @Override
  public Integer call() throws InterruptedException {
    return decision.decide("retry", spec.commandLine().getOut(), spec.commandLine().getErr());
  }
}

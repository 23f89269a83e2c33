package dev.slipway.app.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lets a change go on, for exactly the reasons that hold it. */
@Command(
    name = "approve",
    mixinStandardHelpOptions = true,
    description = {
      "Lets a change go on, for exactly the reasons that hold it.",
      "Of an emergency that has shipped, it is the independent review."
    },
    footer = {
      "",
      "Examples:",
      "  slipway approve orders-my-change-1a2b3c4d --comment 'looked at it'",
      "  slipway approve orders-my-change-1a2b3c4d --early --comment 'the fix has to be everywhere'"
    })
final class ApproveCommand implements Callable<Integer> {
  @Spec CommandSpec spec = CommandSpec.create();
  @Mixin Decision decision = new Decision();

  @Option(
      names = "--early",
      description =
          "end the watch of the canary that is under way: it goes on to all of the traffic, and is"
              + " watched there")
  boolean early;

  @Override
  public Integer call() throws InterruptedException {
    return decision.decide(
        early ? "promote" : "approve", spec.commandLine().getOut(), spec.commandLine().getErr());
  }
}

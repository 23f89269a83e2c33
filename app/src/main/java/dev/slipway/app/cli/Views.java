package dev.slipway.app.cli;

import dev.slipway.app.api.ChangeView;
import dev.slipway.app.json.Json;
import java.io.PrintWriter;
import java.util.Locale;

/** Prints a change for people or for programs. */
final class Views {
  private Views() {}

  static void print(PrintWriter out, ChangeView change, Output output) {
    if (output.json) {
      out.println(Json.mapper().writeValueAsString(change));
      return;
    }
    out.println(change.change() + "  " + change.state());
    for (ChangeView.StageView stage : change.stages()) {
      out.printf(Locale.ROOT, "  %-11s %s%n", stage.stage(), stage.verdict());
      stage
          .reasons()
          .forEach(reason -> out.println("    " + reason.rule() + ": " + reason.message()));
    }
    change.artifact().ifPresent(artifact -> out.println("  artifact    " + artifact));
    change.candidate().ifPresent(candidate -> out.println("  candidate   " + candidate));
    change.incident().ifPresent(file -> out.println("  incident    " + file));
    if (change.state().equals("WAITING_FOR_PERSON")) {
      out.println("A person decides: slipway approve " + change.change() + " --comment '…'");
      out.println("                  slipway reject " + change.change() + " --comment '…'");
    } else {
      change
          .reasons()
          .forEach(reason -> out.println("  " + reason.rule() + ": " + reason.message()));
    }
  }
}

package dev.slipway.app.cli;

import dev.slipway.app.json.Json;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Says where changes stand. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = "Says where a change stands, or all of them and who holds which environment.",
    footer = {
      "",
      "Examples:",
      "  slipway status",
      "  slipway status orders-my-change-1a2b3c4d --json"
    })
final class StatusCommand implements Callable<Integer> {
  @Spec CommandSpec spec = CommandSpec.create();
  @Mixin Home home = new Home();
  @Mixin Output output = new Output();

  @Parameters(paramLabel = "CHANGE", arity = "0..1", description = "only this change")
  Optional<String> change = Optional.empty();

  @Option(names = "--sandbox", paramLabel = "auto|none", defaultValue = "AUTO")
  Session.SandboxChoice sandbox = Session.SandboxChoice.AUTO;

  @Override
  public Integer call() {
    try (Session session = Session.joinOrStart(home.path(), sandbox)) {
      PrintWriter out = spec.commandLine().getOut();
      if (change.isPresent()) {
        Views.print(out, session.client().change(change.get()), output);
      } else {
        all(out, session.client());
      }
      return 0;
    }
  }

  private void all(PrintWriter out, Client client) {
    JsonNode changes = client.changes();
    JsonNode leases = client.leases();
    JsonNode holds = client.holds();
    if (output.json) {
      ObjectNode document = Json.mapper().createObjectNode();
      document.set("changes", changes);
      document.set("leases", leases);
      document.set("holds", holds);
      out.println(Json.mapper().writeValueAsString(document));
      return;
    }
    if (changes.isEmpty()) {
      out.println("no changes yet");
    }
    for (JsonNode it : changes) {
      out.printf(
          Locale.ROOT,
          "%-50s %-20s %s%n",
          it.path("id").asString(),
          it.path("state").asString(),
          it.path("title").asString());
    }
    for (JsonNode lease : leases) {
      out.printf(
          Locale.ROOT,
          "lease of %s/%s held by %s, %d waiting%n",
          lease.path("slot").path("environment").asString(),
          lease.path("slot").path("service").asString(),
          lease.path("holder").path("change").asString("nobody"),
          lease.path("waiting").size());
    }
    for (JsonNode hold : holds) {
      out.printf(
          Locale.ROOT,
          "%s/%s is held until base branch and production agree: %s took back %s (%s)%n",
          hold.path("environment").asString(),
          hold.path("service").asString(),
          hold.path("by").asString(),
          hold.path("change").asString(),
          hold.path("reason").asString());
    }
  }
}

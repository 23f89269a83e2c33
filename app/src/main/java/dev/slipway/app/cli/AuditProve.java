package dev.slipway.app.cli;

import dev.slipway.app.audit.Dossier;
import dev.slipway.app.audit.LogInquiry;
import dev.slipway.app.json.Json;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes a bundle that proves what the log says of one change. */
@Command(
    name = "prove",
    mixinStandardHelpOptions = true,
    description =
        "Writes a bundle of evidence on one change: its entries with proofs that they are in the"
            + " log, the checkpoint, reports and transcripts, attestations, and a page for people."
            + " Whoever has the log's public key can check it offline.",
    footer = {
      "",
      "Examples:",
      "  slipway audit prove orders-my-change-1a2b3c4d --out evidence.zip",
      "  slipway audit check evidence.zip --key slipway+1a2b3c4d+AbC…"
    })
final class AuditProve implements Callable<Integer> {
  @Spec CommandSpec spec = CommandSpec.create();
  @Mixin Output output = new Output();
  @Mixin LogOfHome log = new LogOfHome();

  @Parameters(paramLabel = "CHANGE", description = "the change")
  String change = "";

  @Option(
      names = "--out",
      paramLabel = "DIR|ZIP",
      description = "where to write; default: CHANGE.zip here")
  Optional<Path> out = Optional.empty();

  record Printed(String change, String bundle, int entries) {}

  @Override
  public Integer call() {
    Inquiries inquiries = new Inquiries(log, spec.commandLine().getErr());
    LogInquiry inquiry = inquiries.open();
    Dossier dossier =
        inquiries.sound(inquiry.changes(List.of(change))).stream()
            .findFirst()
            .orElseThrow(() -> new Stop(Slipway.USAGE, "the log has no change " + change));
    Path place = out.orElseGet(() -> Path.of(change + ".zip"));
    inquiries.write(inquiry, dossier, place);
    PrintWriter print = spec.commandLine().getOut();
    Printed printed = new Printed(change, place.toString(), dossier.lines().size());
    print.println(
        output.json
            ? Json.mapper().writeValueAsString(printed)
            : place + ": " + printed.entries() + " entries on " + change);
    return 0;
  }
}

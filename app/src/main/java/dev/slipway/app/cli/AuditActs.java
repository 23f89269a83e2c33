package dev.slipway.app.cli;

import dev.slipway.app.audit.Acts;
import dev.slipway.app.audit.CsvTable;
import dev.slipway.app.json.Json;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists how the server was run in a period. */
@Command(
    name = "acts",
    mixinStandardHelpOptions = true,
    description =
        "Lists the administrative acts of a period, as CSV: starts and what was new at each (keys,"
            + " witnesses, configuration, limits, sandbox), keys added, restores, erasures, changes"
            + " that ran without a sandbox, feature flags that were told of, and what was found"
            + " unrecorded.",
    footer = {"", "Example:", "  slipway audit acts --from 2026-01-01 --to 2026-07-01"})
final class AuditActs implements Callable<Integer> {
  @Spec CommandSpec spec = CommandSpec.create();
  @Mixin Output output = new Output();
  @Mixin LogOfHome log = new LogOfHome();

  @Option(
      names = "--from",
      required = true,
      paramLabel = "DATE",
      description = "first day (UTC), or an instant")
  String from = "";

  @Option(
      names = "--to",
      required = true,
      paramLabel = "DATE",
      description = "the day (UTC) after the last, or an instant")
  String to = "";

  record Printed(String from, String to, List<Map<String, String>> acts) {}

  @Override
  public Integer call() {
    Acts acts = new Acts(Periods.of(from, to));
    Inquiries inquiries = new Inquiries(log, spec.commandLine().getErr());
    List<Map<String, String>> rows = inquiries.sound(inquiries.open().acts(acts));
    PrintWriter out = spec.commandLine().getOut();
    if (output.json) {
      out.println(Json.mapper().writeValueAsString(new Printed(from, to, rows)));
    } else {
      out.print(CsvTable.of(Acts.COLUMNS, rows));
      out.flush();
    }
    return 0;
  }
}

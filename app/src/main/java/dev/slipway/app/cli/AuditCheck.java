package dev.slipway.app.cli;

import dev.slipway.app.audit.BundleVerification;
import dev.slipway.app.audit.EvidenceBundle;
import dev.slipway.app.json.Json;
import dev.slipway.ledger.TrustedKeys;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Checks a bundle of evidence. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description =
        "Checks a bundle of evidence offline, with only the log's public key: every entry is in the"
            + " log, every production move was permitted, the attestations say what the entries"
            + " say. The bundle may come from a stranger. Exit codes: 0 it proves what it says, 1"
            + " it does not, 2 it cannot be read.",
    footer = {"", "Example:", "  slipway audit check evidence.zip --key slipway+1a2b3c4d+AbC…"})
final class AuditCheck implements Callable<Integer> {
  @Spec CommandSpec spec = CommandSpec.create();
  @Mixin Output output = new Output();
  @Mixin Log trust = new Log();

  @Parameters(paramLabel = "BUNDLE", description = "a directory or a zip file")
  Path bundle = Path.of("");

  record Printed(
      boolean ok, String change, int entries, List<String> missing, List<String> problems) {
    static Printed of(BundleVerification.Found found) {
      return new Printed(
          found.ok(), found.change(), found.entries(), found.missing(), found.problems());
    }
  }

  @Override
  public Integer call() {
    TrustedKeys trusted = trust.trusted();
    if (trusted.isEmpty()) {
      throw new Stop(
          Slipway.USAGE, "--key is missing: without the log's public key a bundle proves nothing");
    }
    BundleVerification.Found found;
    try {
      found = BundleVerification.check(EvidenceBundle.read(bundle), trusted);
    } catch (EvidenceBundle.Unreadable e) {
      throw new Stop(1, "refused: " + e.getMessage());
    } catch (NoSuchFileException e) {
      throw new Stop(Slipway.USAGE, "there is no bundle " + bundle);
    } catch (IOException e) {
      throw new Stop(Slipway.USAGE, "cannot read " + bundle + ": " + e.getMessage());
    }
    print(spec.commandLine().getOut(), found);
    return found.ok() ? 0 : 1;
  }

  private void print(PrintWriter out, BundleVerification.Found found) {
    if (output.json) {
      out.println(Json.mapper().writeValueAsString(Printed.of(found)));
      return;
    }
    out.println(
        (found.ok() ? "ok" : "NOT OK")
            + ": "
            + found.entries()
            + " entries on "
            + (found.change().isEmpty() ? "nothing" : found.change()));
    found.problems().forEach(it -> out.println("  " + it));
    found.missing().forEach(it -> out.println("  not in the bundle: " + it));
  }
}

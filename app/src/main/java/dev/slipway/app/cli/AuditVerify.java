package dev.slipway.app.cli;

import dev.slipway.app.audit.AuditVerification;
import dev.slipway.ledger.LedgerException;
import dev.slipway.ledger.SignedCheckpoint;
import dev.slipway.ledger.Verification;
import dev.slipway.ledger.VerifyOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Verifies everything: the bytes, the form of each record, and what the records say. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description = {
      "Recomputes the whole log from its entries, reads every record and judges every gate again:"
          + " each production move must have been permitted before it, each rollback must have its"
          + " trigger. Says what is wrong, at which entry.",
      "Exit codes: 0 nothing is wrong, 1 something is, 2 the log cannot be read."
    },
    footer = {
      "",
      "Examples:",
      "  slipway audit verify ~/.slipway/audit --key slipway+1a2b3c4d+AbC…",
      "  slipway audit verify https://audit.example.com/log --since last-year"
    })
final class AuditVerify implements Callable<Integer> {
  @Spec CommandSpec spec = CommandSpec.create();
  @Mixin Output output = new Output();
  @Mixin Log trust = new Log();

  @Parameters(paramLabel = "DIR|URL", description = "the log")
  String log = "";

  @Option(
      names = "--since",
      paramLabel = "CHECKPOINT",
      description = "an older checkpoint of yours, a file: the log must only have grown since")
  Optional<Path> since = Optional.empty();

  @Override
  public Integer call() {
    VerifyOptions options =
        VerifyOptions.trusting(trust.trusted())
            .reportingTo(new LogProgress(spec.commandLine().getErr()));
    try {
      Verification result =
          AuditVerification.verify(
              Log.at(log), since.map(AuditVerify::checkpoint).map(options::since).orElse(options));
      Verdicts.print(spec.commandLine().getOut(), result, output);
      return result.ok() ? 0 : 1;
    } catch (LedgerException e) {
      throw new Stop(Slipway.USAGE, String.valueOf(e.getMessage()));
    }
  }

  private static SignedCheckpoint checkpoint(Path file) {
    try {
      return SignedCheckpoint.parse(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new Stop(Slipway.USAGE, "cannot read " + file + ": " + e.getMessage());
    } catch (IllegalArgumentException e) {
      throw new Stop(Slipway.USAGE, file + " is no checkpoint: " + e.getMessage());
    }
  }
}

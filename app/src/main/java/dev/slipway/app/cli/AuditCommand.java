package dev.slipway.app.cli;

import dev.slipway.app.json.Json;
import dev.slipway.ledger.LogVerifier;
import dev.slipway.ledger.Problem;
import dev.slipway.ledger.TileSource;
import dev.slipway.ledger.TrustedKeys;
import dev.slipway.ledger.Verification;
import dev.slipway.ledger.Verifier;
import dev.slipway.ledger.VerifyOptions;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What an auditor does with the log. */
@Command(
    name = "audit",
    mixinStandardHelpOptions = true,
    description = "Verifies the audit log.",
    subcommands = AuditCommand.Verify.class)
final class AuditCommand implements Runnable {
  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "say what to do; see slipway audit --help");
  }

  /** Recomputes everything. */
  @Command(
      name = "verify",
      mixinStandardHelpOptions = true,
      description =
          "Recomputes the whole log from its entries and says what is wrong, at which index.",
      footer = {"", "Example:", "  slipway audit verify ~/.slipway/audit"})
  static final class Verify implements Callable<Integer> {
    @Spec CommandSpec spec = CommandSpec.create();
    @Mixin Output output = new Output();

    @Parameters(paramLabel = "DIR|URL", description = "the log")
    String log = "";

    @Option(
        names = "--key",
        paramLabel = "VKEY",
        description = "trust only checkpoints signed by this key; may be given more than once")
    List<String> keys = List.of();

    record Place(Optional<Long> index, String message) {
      static Place of(Problem problem) {
        return new Place(
            problem.index().isPresent()
                ? Optional.of(problem.index().getAsLong())
                : Optional.empty(),
            problem.message());
      }
    }

    record Printed(boolean ok, long size, String root, String trust, List<Place> problems) {}

    @Override
    public Integer call() {
      TrustedKeys trusted =
          keys.isEmpty()
              ? TrustedKeys.none()
              : TrustedKeys.of(keys.stream().map(Verifier::parse).toList());
      Verification result = LogVerifier.verify(source(), VerifyOptions.trusting(trusted));
      Printed printed =
          new Printed(
              result.ok(),
              result.size(),
              result.root().map(Object::toString).orElse(""),
              result.trust().toString(),
              result.problems().stream().map(Place::of).toList());
      PrintWriter out = spec.commandLine().getOut();
      if (output.json) {
        out.println(Json.mapper().writeValueAsString(printed));
      } else {
        out.printf(
            "%s: %d entries, root %s, %s%n",
            printed.ok() ? "ok" : "NOT OK", printed.size(), printed.root(), printed.trust());
        printed.problems().forEach(it -> out.println("  " + place(it) + it.message()));
      }
      return result.ok() ? 0 : 1;
    }

    private static String place(Place problem) {
      return problem.index().map(index -> "entry " + index + ": ").orElse("");
    }

    private TileSource source() {
      if (log.startsWith("http://") || log.startsWith("https://")) {
        return TileSource.http(URI.create(log));
      }
      Path directory = Path.of(log);
      if (!Files.isDirectory(directory)) {
        throw new Stop(Slipway.USAGE, "there is no directory " + log);
      }
      return TileSource.directory(directory);
    }
  }
}

package dev.slipway.app.cli;

import dev.slipway.app.AuditLog;
import dev.slipway.app.json.Json;
import dev.slipway.change.Person;
import dev.slipway.ledger.KeyFile;
import dev.slipway.ledger.LedgerException;
import dev.slipway.ledger.LogKey;
import dev.slipway.ledger.LogLocked;
import dev.slipway.ledger.Verifier;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows the public keys of the log. */
@Command(
    name = "key",
    mixinStandardHelpOptions = true,
    description =
        "Prints the verifier strings of the keys that sign the log, the newest first: what an"
            + " auditor gives to --key. --rotate adds a new key, on record, which signs beside the"
            + " old one from the next start on; no control plane may run meanwhile.",
    footer = {"", "Examples:", "  slipway audit key", "  slipway audit key --rotate"})
final class AuditKey implements Callable<Integer> {
  @Spec CommandSpec spec = CommandSpec.create();
  @Mixin Home home = new Home();
  @Mixin Output output = new Output();

  @Option(names = "--rotate", description = "add a new key")
  boolean rotate;

  @Option(
      names = "--as",
      paramLabel = "LOGIN",
      description = "who rotates; default: the user of this machine")
  Optional<String> as = Optional.empty();

  record Key(String verifier, String name, String publicKey) {
    static Key of(Verifier verifier) {
      return new Key(verifier.text(), verifier.name(), verifier.key().hex());
    }
  }

  record Printed(List<Key> keys) {}

  @Override
  public Integer call() {
    Path file = home.path().resolve("audit.key");
    if (!Files.exists(file)) {
      throw new Stop(
          Slipway.USAGE,
          "there is no key in " + home.path() + " yet; it is made at the first start");
    }
    if (rotate) {
      rotate();
    }
    List<Key> keys =
        KeyFile.openOrCreate(file, "slipway").stream().map(LogKey::verifier).map(Key::of).toList();
    PrintWriter out = spec.commandLine().getOut();
    if (output.json) {
      out.println(Json.mapper().writeValueAsString(new Printed(keys)));
    } else {
      keys.forEach(key -> out.println(key.verifier()));
    }
    return 0;
  }

  private void rotate() {
    try {
      Person by = Person.human(as.orElseGet(() -> System.getProperty("user.name")));
      AuditLog.rotateKey(home.path(), by, Clock.systemUTC());
    } catch (LogLocked e) {
      throw new Stop(
          Slipway.USAGE, "a control plane has the log open; stop it, rotate, start it again");
    } catch (LedgerException | IllegalArgumentException e) {
      throw new Stop(Slipway.USAGE, String.valueOf(e.getMessage()));
    }
  }
}

package dev.slipway.app.cli;

import dev.slipway.ledger.TileSource;
import dev.slipway.ledger.TrustedKeys;
import dev.slipway.ledger.Verifier;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which log an auditor's command reads, and whose word is taken for it. */
final class Log {
  @Option(
      names = "--key",
      paramLabel = "VKEY",
      description =
          "trust only checkpoints signed by this key (see slipway audit key); may be given more"
              + " than once, also with witnesses' keys")
  List<String> keys = List.of();

  TrustedKeys trusted() {
    try {
      return keys.isEmpty()
          ? TrustedKeys.none()
          : TrustedKeys.of(keys.stream().map(Verifier::parse).toList());
    } catch (IllegalArgumentException e) {
      throw new Stop(Slipway.USAGE, "--key: " + e.getMessage());
    }
  }

  /** The log in a directory, or under a URL: there {@code $SLIPWAY_TOKEN} is shown, if set. */
  static TileSource at(String log) {
    if (log.startsWith("http://") || log.startsWith("https://")) {
      URI prefix = uri(log);
      return Optional.ofNullable(System.getenv("SLIPWAY_TOKEN"))
          .filter(token -> !token.isBlank())
          .map(token -> TileSource.http(prefix, token))
          .orElseGet(() -> TileSource.http(prefix));
    }
    Path directory = Path.of(log);
    if (!Files.isDirectory(directory)) {
      throw new Stop(Slipway.USAGE, "there is no directory " + log);
    }
    return TileSource.directory(directory);
  }

  private static URI uri(String text) {
    try {
      return URI.create(text);
    } catch (IllegalArgumentException e) {
      throw new Stop(Slipway.USAGE, "not a URL: " + e.getMessage());
    }
  }
}

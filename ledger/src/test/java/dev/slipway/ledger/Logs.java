package dev.slipway.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Logs for tests: entry {@code i} has the key {@code "key i"} and the bytes {@code "entry i"}. */
final class Logs {
  /** Writes but never forces: for large logs whose durability is not what is tested. */
  static final Disk UNFORCED =
      (file, options) ->
          new DelegatingChannel(FileChannel.open(file, options)) {
            @Override
            public void force(boolean metadata) {}
          };

  private Logs() {}

  static byte[] entry(long i) {
    return ("entry " + i).getBytes(UTF_8);
  }

  /** Opens, appends the entries from the log's size up to {@code size}, and closes. */
  static SignedCheckpoint grow(Path directory, LogKey key, int size) {
    return grow(directory, LedgerOptions.signedBy(key), size);
  }

  static SignedCheckpoint grow(Path directory, LedgerOptions options, int size) {
    try (Ledger ledger = Ledger.open(directory, options, UNFORCED)) {
      for (long i = ledger.size(); i < size; i++) {
        ledger.append("key " + i, entry(i));
      }
      return ledger.publish();
    }
  }

  static Verification verify(Path directory, LogKey key) {
    return LogVerifier.verify(TileSource.directory(directory), trusting(key));
  }

  static VerifyOptions trusting(LogKey key) {
    return VerifyOptions.trusting(TrustedKeys.of(List.of(key.verifier())));
  }

  static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }
}

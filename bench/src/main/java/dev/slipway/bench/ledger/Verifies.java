package dev.slipway.bench.ledger;

import dev.slipway.ledger.KeyFile;
import dev.slipway.ledger.LogKey;
import dev.slipway.ledger.LogVerifier;
import dev.slipway.ledger.TileSource;
import dev.slipway.ledger.TrustedKeys;
import dev.slipway.ledger.Verification;
import dev.slipway.ledger.VerifyOptions;
import java.nio.file.Path;
import java.util.List;

/**
 * Entries verified a second: all hashing, all files, the signature.
 *
 * <p>{@code Verifies DIRECTORY [ROUNDS]}: a log made by {@link Fill}.
 */
final class Verifies {
  private Verifies() {}

  public static void main(String[] args) {
    List<LogKey> keys = KeyFile.openOrCreate(Path.of(args[0] + ".key"), "example.com/bench");
    TrustedKeys trusted = TrustedKeys.of(keys.stream().map(LogKey::verifier).toList());
    int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 3;
    for (int round = 0; round < rounds; round++) {
      long start = System.nanoTime();
      Verification result =
          LogVerifier.verify(
              TileSource.directory(Path.of(args[0])), VerifyOptions.trusting(trusted));
      double seconds = (System.nanoTime() - start) / 1e9;
      System.out.printf(
          "%,d entries %s in %.2f s: %,.0f a second%n",
          result.size(), result.ok() ? "ok" : result.problems(), seconds, result.size() / seconds);
    }
  }
}

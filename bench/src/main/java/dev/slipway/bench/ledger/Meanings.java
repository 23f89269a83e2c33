package dev.slipway.bench.ledger;

import dev.slipway.app.audit.AuditVerification;
import dev.slipway.app.audit.CanonicalCodec;
import dev.slipway.audit.AuditRecord;
import dev.slipway.audit.AuditTrail;
import dev.slipway.audit.Stories;
import dev.slipway.ledger.KeyFile;
import dev.slipway.ledger.Ledger;
import dev.slipway.ledger.LedgerOptions;
import dev.slipway.ledger.LogKey;
import dev.slipway.ledger.TileSource;
import dev.slipway.ledger.TrustedKeys;
import dev.slipway.ledger.Verification;
import dev.slipway.ledger.VerifyOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * Records verified a second as {@code slipway audit verify} does it: bytes, the schema and
 * canonical form of each record, and what they say.
 *
 * <p>{@code Meanings DIRECTORY [CHANGES] [ROUNDS]}: fills a fresh log with made-up changes.
 */
final class Meanings {
  private static final Instant AT = Instant.parse("2026-11-02T10:00:00Z");

  private Meanings() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    Path directory = Path.of(args[0]);
    int changes = args.length > 1 ? Integer.parseInt(args[1]) : 4000;
    int rounds = args.length > 2 ? Integer.parseInt(args[2]) : 5;
    List<LogKey> keys = KeyFile.openOrCreate(Path.of(args[0] + ".key"), "slipway");
    try (Ledger ledger = Ledger.open(directory, LedgerOptions.signedBy(keys))) {
      AuditTrail trail = new AuditTrail(ledger, new CanonicalCodec());
      CountDownLatch done = new CountDownLatch(changes);
      for (int i = 0; i < changes; i++) {
        List<AuditRecord> story = story(i);
        Thread.ofVirtual()
            .start(
                () -> {
                  story.forEach(trail::append);
                  done.countDown();
                });
      }
      done.await();
    }
    Sizes.print(directory);
    TrustedKeys trusted = TrustedKeys.of(keys.stream().map(LogKey::verifier).toList());
    for (int round = 0; round < rounds; round++) {
      long start = System.nanoTime();
      Verification result =
          AuditVerification.verify(
              TileSource.directory(directory), VerifyOptions.trusting(trusted));
      double seconds = (System.nanoTime() - start) / 1e9;
      System.out.printf(
          "%,d records %s in %.2f s: %,.0f a second%n",
          result.size(), result.ok() ? "ok" : result.problems(), seconds, result.size() / seconds);
    }
  }

  private static List<AuditRecord> story(int i) {
    return switch (i % 3) {
      case 0 -> Stories.shipped("shipped-" + i, AT);
      case 1 -> Stories.approved("approved-" + i, AT, Stories.REVIEWER);
      default -> Stories.rolledBack("rolled-back-" + i, AT);
    };
  }
}

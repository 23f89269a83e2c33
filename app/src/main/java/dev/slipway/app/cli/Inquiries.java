package dev.slipway.app.cli;

import dev.slipway.app.artifacts.FileArtifactStore;
import dev.slipway.app.audit.Dossier;
import dev.slipway.app.audit.LogInquiry;
import dev.slipway.change.Digest;
import dev.slipway.ledger.KeyFile;
import dev.slipway.ledger.LedgerException;
import dev.slipway.ledger.LogKey;
import dev.slipway.ledger.VerifyOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Opens a log for an auditor's command, with the home's evidence and key where they are at hand.
 */
final class Inquiries {
  private final LogOfHome log;
  private final PrintWriter err;

  Inquiries(LogOfHome log, PrintWriter err) {
    this.log = log;
    this.err = err;
  }

  LogInquiry open() {
    VerifyOptions options =
        VerifyOptions.trusting(log.trust.trusted()).reportingTo(new LogProgress(err));
    try {
      return new LogInquiry(Log.at(log.place()), options, evidence(), key());
    } catch (IllegalStateException e) {
      throw new Stop(Slipway.USAGE, String.valueOf(e.getMessage()));
    }
  }

  /** What an inquiry found; evidence is taken from a log that verifies, and from no other. */
  <T> List<T> sound(LogInquiry.Answer<T> answer) {
    if (!answer.verification().ok()) {
      answer.verification().problems().stream()
          .limit(20)
          .forEach(problem -> err.println("  " + Verdicts.Place.of(problem).line()));
      throw new Stop(1, "the log does not verify, so it is no evidence; see slipway audit verify");
    }
    return answer.found();
  }

  void write(LogInquiry inquiry, Dossier dossier, Path place) {
    try {
      inquiry.prove(dossier).write(place);
    } catch (IOException e) {
      throw new Stop(Slipway.USAGE, "cannot write the bundle: " + e.getMessage());
    } catch (LedgerException e) {
      throw new Stop(Slipway.USAGE, String.valueOf(e.getMessage()));
    }
  }

  private Function<Digest, Optional<byte[]>> evidence() {
    Path artifacts = log.home.path().resolve("artifacts");
    if (!Files.isDirectory(artifacts)) {
      return digest -> Optional.empty();
    }
    FileArtifactStore store = new FileArtifactStore(artifacts);
    return digest -> {
      try {
        return Optional.of(store.evidence(digest));
      } catch (IllegalStateException e) {
        err.println("slipway: " + e.getMessage());
        return Optional.empty();
      }
    };
  }

  private Optional<LogKey> key() {
    Path file = log.home.path().resolve("audit.key");
    return Files.isReadable(file)
        ? Optional.of(KeyFile.openOrCreate(file, "slipway").getFirst())
        : Optional.empty();
  }
}

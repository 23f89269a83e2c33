package dev.slipway.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A log with a witness that follows C2SP tlog-witness, and with an anchor. */
class WitnessTest {
  private static final long NOW = 1_790_000_000;

  private final LogKey key = LogKey.create("example.com/log");
  private final WitnessKey witnessKey = new WitnessKey("witness.example.com/w");

  @TempDir Path root;
  private HttpServer server;
  private HttpWitness witness;
  private long seenSize;
  private Hash seenRoot = Hash.emptyRoot();

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/add-checkpoint", this::addCheckpoint);
    server.start();
    witness = newWitness();
  }

  private HttpWitness newWitness() {
    URI prefix = URI.create("http://localhost:" + server.getAddress().getPort());
    return new HttpWitness(prefix, witnessKey.verifier());
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void addCheckpoint(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
      int blank = body.indexOf("\n\n");
      List<String> lines = new ArrayList<>(List.of(body.substring(0, blank).split("\n")));
      long old = Long.parseLong(lines.removeFirst().substring("old ".length()));
      List<Hash> path = lines.stream().map(Hash::ofBase64).toList();
      SignedCheckpoint signed = SignedCheckpoint.parse(body.substring(blank + 2).getBytes(UTF_8));
      Checkpoint checkpoint = signed.checkpoint();
      if (!signed.note().signedBy(List.of(key.verifier()))) {
        reply(exchange, 403, "");
      } else if (old != seenSize) {
        reply(exchange, 409, seenSize + "\n");
      } else if (!new ConsistencyProof(old, checkpoint.size(), path)
          .verifies(seenRoot, checkpoint.root())) {
        reply(exchange, 422, "");
      } else {
        seenSize = checkpoint.size();
        seenRoot = checkpoint.root();
        reply(exchange, 200, witnessKey.cosign(signed.note().text(), NOW).line() + "\n");
      }
    }
  }

  private static void reply(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private LedgerOptions options(Witness witness) {
    return LedgerOptions.signedBy(key)
        .withWitnesses(List.of(witness))
        .withPatience(Duration.ofMinutes(5));
  }

  private TrustedKeys both() {
    return TrustedKeys.of(List.of(key.verifier(), witnessKey.verifier()));
  }

  @Test
  void checkpointsAreCosignedAcrossRestartsOfTheLog() {
    Path directory = root.resolve("log");
    for (int size = 100; size <= 700; size += 300) {
      SignedCheckpoint checkpoint = Logs.grow(directory, options(newWitness()), size);
      assertThat(both().objection(checkpoint)).isEmpty();
      assertThat(seenSize).isEqualTo(size);
    }
    assertThat(
            LogVerifier.verify(TileSource.directory(directory), VerifyOptions.trusting(both()))
                .problems())
        .isEmpty();
  }

  @Test
  void aLogIsPublishedWithoutAWitnessThatDoesNotAnswerAndThatIsVisible() {
    Path directory = root.resolve("log");
    server.stop(0);
    try (Ledger ledger = Ledger.open(directory, options(witness), Logs.UNFORCED)) {
      ledger.append("key 0", Logs.entry(0));
      SignedCheckpoint checkpoint = ledger.publish();
      assertThat(checkpoint.checkpoint().size()).isOne();
      assertThat(both().objection(checkpoint)).isPresent();
      assertThat(ledger.witnessProblems())
          .singleElement()
          .asString()
          .startsWith("witness witness.example.com/w: ");
    }
    assertThat(
            LogVerifier.verify(TileSource.directory(directory), VerifyOptions.trusting(both()))
                .problems())
        .extracting(Problem::message)
        .containsExactly("the checkpoint has the cosignatures of 0 trusted witnesses instead of 1");
  }

  @Test
  void aWitnessThatNeverAnswersIsNotWaitedForLongerThanPatience() {
    Witness silent =
        new Witness() {
          @Override
          public String name() {
            return "silent";
          }

          @Override
          public Optional<Verifier> verifier() {
            return Optional.empty();
          }

          @Override
          public Optional<Checkpoint> lastSeen(String origin) {
            return Optional.empty();
          }

          @Override
          public Optional<NoteSignature> witness(SignedCheckpoint checkpoint, LogReader log)
              throws IOException {
            try {
              new CountDownLatch(1).await();
              throw new AssertionError("nobody counts down");
            } catch (InterruptedException e) {
              throw new IOException(e);
            }
          }
        };
    LedgerOptions options = options(silent).withPatience(Duration.ofMillis(50));
    assertThat(Logs.grow(root.resolve("log"), options, 3).checkpoint().size()).isEqualTo(3);
    try (Ledger ledger = Ledger.open(root.resolve("log"), options)) {
      ledger.append("key 3", Logs.entry(3));
      ledger.publish();
      assertThat(ledger.witnessProblems()).containsExactly("silent did not answer within PT0.05S");
    }
  }

  @Test
  void aForkGetsNoCosignature() {
    Logs.grow(root.resolve("log"), options(witness), 10);
    try (Ledger fork = Ledger.open(root.resolve("fork"), options(newWitness()), Logs.UNFORCED)) {
      for (int i = 0; i < 20; i++) {
        fork.append("key " + i, ("another " + i).getBytes(UTF_8));
      }
      assertThat(both().objection(fork.publish())).isPresent();
      assertThat(fork.witnessProblems()).singleElement().asString().contains("answered 422");
    }
    assertThat(seenSize).isEqualTo(10);
  }

  @Test
  void e7AnOlderLogIsNotCosigned() {
    Logs.grow(root.resolve("log"), options(witness), 10);
    try (Ledger older = Ledger.open(root.resolve("older"), options(newWitness()), Logs.UNFORCED)) {
      older.append("key 0", Logs.entry(0));
      assertThat(both().objection(older.publish())).isPresent();
      assertThat(older.witnessProblems())
          .singleElement()
          .asString()
          .contains("has seen 10 entries of this log, which has 1 now");
    }
  }

  /** Keeps the latest checkpoint, as a branch of a git repository would. */
  private static final class Anchor implements Witness {
    private Optional<Checkpoint> kept = Optional.empty();

    @Override
    public String name() {
      return "anchor";
    }

    @Override
    public Optional<Verifier> verifier() {
      return Optional.empty();
    }

    @Override
    public Optional<Checkpoint> lastSeen(String origin) {
      return kept;
    }

    @Override
    public Optional<NoteSignature> witness(SignedCheckpoint checkpoint, LogReader log) {
      kept = Optional.of(checkpoint.checkpoint());
      return Optional.empty();
    }
  }

  @Test
  void e7AnOlderLogThanTheAnchorHasSeenIsNotOpened() throws IOException {
    Anchor anchor = new Anchor();
    Path directory = root.resolve("log");
    Path backup = root.resolve("backup");
    Logs.grow(directory, options(anchor), 10);
    Logs.copy(directory, backup);
    Logs.grow(directory, options(anchor), 300);
    assertThatThrownBy(() -> Ledger.open(backup, options(anchor)))
        .isInstanceOf(LogDamaged.class)
        .hasMessageContaining("has 10 entries, which do not extend the 300 that anchor has seen");
    assertThatThrownBy(() -> Ledger.open(root.resolve("empty"), options(anchor)))
        .isInstanceOf(LogDamaged.class)
        .hasMessageContaining("restore the newest one");
    Logs.grow(directory, options(anchor), 301);
    assertThat(anchor.kept.orElseThrow().size()).isEqualTo(301);
  }
}

package dev.slipway.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A log that a stranger hands over, as a directory or as an address. */
@Timeout(60)
class HostileSourceTest {
  private static final int SIZE = 300;

  private final LogKey key = LogKey.create("example.com/log");

  @TempDir Path root;
  private Path directory;

  @BeforeEach
  void build() {
    directory = root.resolve("log");
    Logs.grow(directory, key, SIZE);
  }

  private void assertUnreadable(String why) {
    assertThatThrownBy(() -> Logs.verify(directory, key))
        .isInstanceOf(LedgerException.class)
        .hasMessageContaining(why);
  }

  private List<String> problems() {
    return Logs.verify(directory, key).problems().stream().map(Problem::message).toList();
  }

  @Test
  void aLinkInsteadOfAFileIsRefusedEvenIfItsContentIsRight() throws IOException {
    Path tile = directory.resolve("tile/entries/000");
    Files.move(tile, root.resolve("elsewhere"));
    Files.createSymbolicLink(tile, root.resolve("elsewhere"));

    assertUnreadable("tile/entries/000 is not a file of a log");
  }

  @Test
  void aLinkedDirectoryIsRefused() throws IOException {
    Files.move(directory.resolve("tile/0"), root.resolve("elsewhere"));
    Files.createSymbolicLink(directory.resolve("tile/0"), root.resolve("elsewhere"));

    assertUnreadable("tile/0 is not a file of a log");
  }

  @Test
  void aDeviceThatNeverEndsIsRefused() throws IOException {
    Path zero = Path.of("/dev/zero");
    assumeTrue(Files.exists(zero), "/dev/zero is needed");
    Files.delete(directory.resolve("checkpoint"));
    Files.createSymbolicLink(directory.resolve("checkpoint"), zero);

    assertUnreadable("checkpoint is not a file of a log");
  }

  @Test
  void aPipeThatNobodyWritesToIsNotWaitedFor() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/mkfifo")), "mkfifo is needed");
    Path tile = directory.resolve("tile/0/000");
    Files.delete(tile);
    assertThat(new ProcessBuilder("/usr/bin/mkfifo", tile.toString()).start().waitFor()).isZero();

    assertUnreadable("tile/0/000 is not a file of a log");
  }

  @Test
  void aDirectoryInThePlaceOfAFileIsRefused() throws IOException {
    Files.delete(directory.resolve("checkpoint"));
    Files.createDirectory(directory.resolve("checkpoint"));

    assertUnreadable("checkpoint is not a file of a log");
  }

  @Test
  void aFileOverTheBoundIsRefusedByName() throws IOException {
    try (RandomAccessFile tile =
        new RandomAccessFile(directory.resolve("tile/0/000").toFile(), "rw")) {
      tile.setLength(TileSource.MAX_BYTES + 1L);
    }

    assertUnreadable("tile/0/000 is larger than " + TileSource.MAX_BYTES + " bytes");
  }

  @Test
  void aTileThatIsTooLongIsFound() throws IOException {
    Files.write(directory.resolve("tile/0/000"), new byte[1 << 20]);

    assertThat(problems()).contains("tile/0/000 has 1048576 bytes instead of 8192");
  }

  @Test
  void aBundleWithFurtherEntriesIsFound() throws IOException {
    Path bundle = directory.resolve("tile/entries/000");
    byte[] more = new byte[(int) Files.size(bundle) + 2];
    byte[] bytes = Files.readAllBytes(bundle);
    System.arraycopy(bytes, 0, more, 0, bytes.length);
    Files.write(bundle, more);

    assertThat(problems()).contains("tile/entries/000 has bytes after its last entry");
  }

  @Test
  void aSizeThatNoLogCanHaveIsMalformed() throws IOException {
    for (String size :
        List.of("9223372036854775808", "99999999999999999999", "-1", "+300", "0300")) {
      String text = Files.readString(directory.resolve("checkpoint"));
      String forged = "example.com/log\n" + size + text.substring(text.indexOf('\n', 16));
      Path copy = root.resolve("of " + size);
      Logs.copy(directory, copy);
      Files.writeString(copy.resolve("checkpoint"), forged);

      assertThat(Logs.verify(copy, key).problems())
          .singleElement()
          .extracting(Problem::message)
          .isEqualTo("the checkpoint is malformed: '" + size + "' is not the size of a log");
    }
  }

  @Test
  void aSecondSignatureByAStrangerIsFound() throws IOException {
    SignedCheckpoint signed =
        SignedCheckpoint.parse(Files.readAllBytes(directory.resolve("checkpoint")));
    LogKey stranger = LogKey.create("example.com/log");
    Files.write(
        directory.resolve("checkpoint"),
        SignedCheckpoint.sign(signed.checkpoint(), List.of(key, stranger)).note().format());

    assertThat(problems())
        .containsExactly(
            "the checkpoint's signature by 'example.com/log' is by none of the keys that the log"
                + " lists, or wrong");
  }

  @Test
  void aKeyThatIsNotListedDoesNotCarryTheLog() throws IOException {
    SignedCheckpoint signed =
        SignedCheckpoint.parse(Files.readAllBytes(directory.resolve("checkpoint")));
    LogKey rotated = LogKey.create("example.com/log");
    Files.write(
        directory.resolve("checkpoint"),
        SignedCheckpoint.sign(signed.checkpoint(), List.of(rotated)).note().format());

    List<Problem> problems =
        LogVerifier.verify(
                TileSource.directory(directory), VerifyOptions.trusting(TrustedKeys.none()))
            .problems();
    assertThat(problems)
        .extracting(Problem::message)
        .contains("the checkpoint is not signed by a key that the log lists as its own");
  }

  @Test
  void anEmptyEntryIsAnEntry() {
    Path log = root.resolve("empty");
    try (Ledger ledger = Ledger.open(log, LedgerOptions.signedBy(key))) {
      ledger.append("nothing", new byte[0]);
      ledger.append("most", new byte[Ledger.MAX_ENTRY_BYTES]);
    }

    assertThat(Logs.verify(log, key).problems()).isEmpty();
  }

  @Test
  void aServerThatNeverEndsItsAnswerIsLeft() throws IOException {
    CountDownLatch left = new CountDownLatch(1);
    HttpHandler drip =
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write('e');
          exchange.getResponseBody().flush();
          awaitQuietly(left);
        };
    assertServed(drip, "did not come within 0 s", Duration.ofMillis(300));
    left.countDown();
  }

  @Test
  void aServerThatSendsTooMuchIsLeft() throws IOException {
    HttpHandler flood =
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          byte[] block = new byte[1 << 20];
          for (int i = 0; i < 2 * (TileSource.MAX_BYTES >> 20); i++) {
            exchange.getResponseBody().write(block);
          }
        };
    assertServed(flood, "checkpoint", Duration.ofSeconds(50));
  }

  @Test
  void aBombIsRefusedAtTheBound() throws IOException {
    ByteArrayOutputStream bomb = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bomb)) {
      byte[] block = new byte[1 << 20];
      for (int i = 0; i <= TileSource.MAX_BYTES >> 20; i++) {
        out.write(block);
      }
    }
    HttpHandler handler = exchange -> answer(exchange, "gzip", bomb.toByteArray());
    assertServed(handler, "is larger than", Duration.ofSeconds(50));
  }

  @Test
  void whatIsNotCompressedAsItIsSaidIsAFault() throws IOException {
    HttpHandler handler = exchange -> answer(exchange, "gzip", "garbage".getBytes(UTF_8));
    assertServed(handler, "GZIP", Duration.ofSeconds(50));
  }

  @Test
  void garbageIsNoCheckpoint() throws IOException {
    HttpServer server =
        serve(exchange -> answer(exchange, "identity", "<html>\u001b[2J</html>".getBytes(UTF_8)));
    try {
      assertThat(
              LogVerifier.verify(source(server, Duration.ofSeconds(50)), Logs.trusting(key))
                  .problems())
          .singleElement()
          .extracting(Problem::message)
          .asString()
          .startsWith("the checkpoint is malformed: ")
          .doesNotContain("\u001b");
    } finally {
      server.stop(0);
    }
  }

  private void assertServed(HttpHandler handler, String why, Duration answer) throws IOException {
    HttpServer server = serve(handler);
    try {
      TileSource source = source(server, answer);
      assertThatThrownBy(() -> LogVerifier.verify(source, Logs.trusting(key)))
          .isInstanceOf(LedgerException.class)
          .hasMessageContaining(why);
    } finally {
      server.stop(0);
    }
  }

  private static TileSource source(HttpServer server, Duration answer) {
    URI prefix = URI.create("http://localhost:" + server.getAddress().getPort() + "/");
    return new HttpSource(prefix, Optional.empty(), answer);
  }

  private static HttpServer serve(HttpHandler handler) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", handler);
    server.start();
    return server;
  }

  private static void answer(HttpExchange exchange, String encoding, byte[] body)
      throws IOException {
    try (exchange) {
      exchange.getResponseHeaders().set("Content-Encoding", encoding);
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

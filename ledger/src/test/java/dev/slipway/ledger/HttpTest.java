package dev.slipway.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A log served as static files, read over HTTP on this machine. */
class HttpTest {
  private final LogKey key = LogKey.create("example.com/log");

  @TempDir Path directory;
  private HttpServer server;
  private URI prefix;
  private volatile String encoding = "identity";

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/log/", this::answer);
    server.start();
    prefix = URI.create("http://localhost:" + server.getAddress().getPort() + "/log");
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      Optional<PublicFile> file =
          PublicFile.at(exchange.getRequestURI().getPath().substring("/log/".length()));
      if (file.isEmpty() || !Files.exists(directory.resolve(file.get().path()))) {
        exchange.sendResponseHeaders(404, -1);
        return;
      }
      exchange.getResponseHeaders().set("Content-Type", file.get().contentType());
      exchange.getResponseHeaders().set("Content-Encoding", encoding);
      byte[] body = Files.readAllBytes(directory.resolve(file.get().path()));
      ByteArrayOutputStream sent = new ByteArrayOutputStream();
      try (OutputStream out = encoding.equals("gzip") ? new GZIPOutputStream(sent) : sent) {
        out.write(body);
      }
      exchange.sendResponseHeaders(200, sent.size());
      exchange.getResponseBody().write(sent.toByteArray());
    }
  }

  @Test
  void aServedLogVerifies() {
    Logs.grow(directory, key, 600);
    for (String each : new String[] {"identity", "gzip"}) {
      encoding = each;
      Verification result = LogVerifier.verify(TileSource.http(prefix), Logs.trusting(key));
      assertThat(result.problems()).isEmpty();
      assertThat(result.size()).isEqualTo(600);
    }
  }

  @Test
  void aServedLogThatWasAlteredDoesNotVerify() throws IOException {
    Logs.grow(directory, key, 600);
    Path tile = directory.resolve("tile/0/001");
    byte[] bytes = Files.readAllBytes(tile);
    bytes[77] ^= 4;
    Files.write(tile, bytes);
    Verification result =
        LogVerifier.verify(TileSource.http(URI.create(prefix + "/")), Logs.trusting(key));
    assertThat(result.problems())
        .containsExactly(Problem.at(256 + 2, "the entry and its hash in tile/0/001 contradict"));
  }

  @Test
  void entriesAndProofsAreReadOverHttp() {
    SignedCheckpoint checkpoint = Logs.grow(directory, key, 600);
    LogReader reader = new LogReader(TileSource.http(prefix), 600);
    assertThat(reader.entry(599)).isEqualTo(Logs.entry(599));
    assertThat(
            reader
                .inclusion(599)
                .verifies(Hash.leaf(Logs.entry(599)), checkpoint.checkpoint().root()))
        .isTrue();
  }

  @Test
  void aReaderOfAnOlderCheckpointFallsBackToTheFullFiles() {
    Logs.grow(directory, key, 300);
    LogReader then = new LogReader(TileSource.http(prefix), 300);
    Logs.grow(directory, key, 600);
    assertThat(directory.resolve("tile/0/001.p")).doesNotExist();
    assertThat(then.entries(0)).hasSize(300);
    assertThat(then.inclusion(299).size()).isEqualTo(300);
  }

  @Test
  void aServerThatAnswersNonsenseIsAFaultAndNoVerdict() {
    encoding = "br";
    Logs.grow(directory, key, 3);
    assertThatThrownBy(() -> LogVerifier.verify(TileSource.http(prefix), Logs.trusting(key)))
        .isInstanceOf(LedgerException.class)
        .hasMessageContaining("unknown encoding br");
    server.stop(0);
    assertThatThrownBy(() -> LogVerifier.verify(TileSource.http(prefix), Logs.trusting(key)))
        .isInstanceOf(LedgerException.class)
        .hasMessageContaining("cannot read");
  }

  @Test
  void onlyPublicFilesAreServedWithTheHeadersOfTheSpecification() {
    PublicFile tile = PublicFile.at("tile/0/000").orElseThrow();
    assertThat(tile.contentType()).isEqualTo("application/octet-stream");
    assertThat(tile.cacheControl()).isEqualTo("public, max-age=31536000, immutable");
    PublicFile checkpoint = PublicFile.at("checkpoint").orElseThrow();
    assertThat(checkpoint.contentType()).isEqualTo("text/plain; charset=utf-8");
    assertThat(checkpoint.cacheControl()).isEqualTo("public, max-age=2");
    for (String path :
        new String[] {
          "", "keys", "lock", "journal/0", "../key", "tile/0/000/../../../x", "blobs/a"
        }) {
      assertThat(PublicFile.at(path)).as(path).isEmpty();
    }
  }
}

package dev.slipway.ledger;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/** Reads a log's files from a web server, with bounded time and size. */
final class HttpSource implements TileSource {
  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Duration ANSWER = Duration.ofSeconds(30);

  private final String prefix;
  private final Optional<String> bearer;
  private final HttpClient client;

  HttpSource(URI prefix, Optional<String> bearer) {
    String text = prefix.toString();
    this.prefix = text.endsWith("/") ? text : text + "/";
    this.bearer = bearer;
    // A redirect must not carry the token to somebody else.
    HttpClient.Redirect redirect =
        bearer.isPresent() ? HttpClient.Redirect.NEVER : HttpClient.Redirect.NORMAL;
    this.client = HttpClient.newBuilder().connectTimeout(CONNECT).followRedirects(redirect).build();
  }

  @Override
  public Optional<byte[]> read(String path) throws IOException {
    URI uri = URI.create(prefix + path);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri).timeout(ANSWER).header("Accept-Encoding", "gzip, identity");
    bearer.ifPresent(token -> request.header("Authorization", "Bearer " + token));
    HttpResponse<InputStream> response = send(request.build());
    try (InputStream body = response.body()) {
      return switch (response.statusCode()) {
        case 200 -> Optional.of(bounded(uri, decoded(uri, response, body)));
        case 404, 410 -> Optional.empty();
        default -> throw new IOException(uri + " answered " + response.statusCode());
      };
    }
  }

  private HttpResponse<InputStream> send(HttpRequest request) throws IOException {
    try {
      return client.send(request, BodyHandlers.ofInputStream());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while reading " + request.uri());
    }
  }

  private static InputStream decoded(URI uri, HttpResponse<InputStream> response, InputStream body)
      throws IOException {
    String encoding = response.headers().firstValue("Content-Encoding").orElse("identity");
    return switch (encoding) {
      case "identity" -> body;
      case "gzip" -> new GZIPInputStream(body);
      default ->
          throw new IOException(uri + " came in the unknown encoding " + Printable.of(encoding));
    };
  }

  private static byte[] bounded(URI uri, InputStream body) throws IOException {
    byte[] bytes = body.readNBytes(MAX_BYTES + 1);
    if (bytes.length > MAX_BYTES) {
      throw new IOException(uri + " is larger than " + MAX_BYTES + " bytes");
    }
    return bytes;
  }
}

package dev.slipway.ledger;

import java.io.ByteArrayInputStream;
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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.zip.GZIPInputStream;

/** Reads a log's files from a web server, with bounded time and size. */
final class HttpSource implements TileSource {
  private static final Duration CONNECT = Duration.ofSeconds(10);

  /** For a whole file, however slowly it comes. */
  private static final Duration ANSWER = Duration.ofSeconds(60);

  private final String prefix;
  private final Optional<String> bearer;
  private final Duration answer;
  private final HttpClient client;

  HttpSource(URI prefix, Optional<String> bearer) {
    this(prefix, bearer, ANSWER);
  }

  HttpSource(URI prefix, Optional<String> bearer, Duration answer) {
    this.answer = answer;
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
        HttpRequest.newBuilder(uri).header("Accept-Encoding", "gzip, identity");
    bearer.ifPresent(token -> request.header("Authorization", "Bearer " + token));
    HttpResponse<byte[]> response = send(request.build());
    return switch (response.statusCode()) {
      case 200 -> Optional.of(bounded(uri, decoded(uri, response)));
      case 404, 410 -> Optional.empty();
      default -> throw new IOException(uri + " answered " + response.statusCode());
    };
  }

  /** The request's own timeout ends with the headers; a body may take for ever. */
  private HttpResponse<byte[]> send(HttpRequest request) throws IOException {
    CompletableFuture<HttpResponse<byte[]>> response =
        client.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), MAX_BYTES));
    try {
      return response.get(answer.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new IOException(
          "%s did not come within %d s".formatted(request.uri(), answer.toSeconds()), e);
    } catch (ExecutionException e) {
      throw new IOException("cannot read " + request.uri() + ": " + e.getCause(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while reading " + request.uri());
    } finally {
      response.cancel(true);
    }
  }

  private static InputStream decoded(URI uri, HttpResponse<byte[]> response) throws IOException {
    InputStream body = new ByteArrayInputStream(response.body());
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

package example.orders.http;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/** Calls a running service over HTTP, as its clients do. */
public record Caller(HttpService service) implements AutoCloseable {

  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  public HttpResponse<String> get(String target) throws IOException, InterruptedException {
    return send("GET", target, "");
  }

  public HttpResponse<String> post(String target, String form)
      throws IOException, InterruptedException {
    return send("POST", target, form);
  }

  public HttpResponse<String> send(String method, String target, String body)
      throws IOException, InterruptedException {
    return CLIENT.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + service.port() + target))
            .method(method, BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }

  @Override
  public void close() {
    service.close();
  }
}

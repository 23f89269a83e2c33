package dev.slipway.app.cli;

import dev.slipway.app.api.ChangeView;
import dev.slipway.app.api.DecisionRequest;
import dev.slipway.app.api.RevertView;
import dev.slipway.app.api.ShipRequest;
import dev.slipway.app.api.WithdrawRequest;
import dev.slipway.app.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** The control plane's REST, as the commands use it. */
final class Client {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Duration BACKUP_LIMIT = Duration.ofHours(2);
  private static final int CONFLICT = 409;

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .proxy(HttpClient.Builder.NO_PROXY)
          .build();
  private final URI base;
  private final String token;

  Client(ControlPlaneFile at) {
    this.base = URI.create("http://127.0.0.1:" + at.port());
    this.token = at.token();
  }

  ChangeView ship(ShipRequest request) {
    return view(post("/api/changes", request));
  }

  ChangeView change(String id) {
    return view(send(request("/api/changes/" + id).GET()));
  }

  JsonNode changes() {
    return Json.mapper().readTree(send(request("/api/changes").GET()));
  }

  JsonNode leases() {
    return Json.mapper().readTree(send(request("/api/leases").GET()));
  }

  JsonNode holds() {
    return Json.mapper().readTree(send(request("/api/holds").GET()));
  }

  ChangeView withdraw(WithdrawRequest request) {
    return view(post("/api/withdrawals", request));
  }

  RevertView revertOf(String withdrawn) {
    return Json.mapper()
        .readValue(
            send(request("/api/withdrawals/" + withdrawn + "/revert").GET()), RevertView.class);
  }

  ChangeView decide(String id, String decision, DecisionRequest request) {
    return view(post("/api/changes/" + id + "/" + decision, request));
  }

  /** Has the audit log compared with what runs; gives what is not as recorded. */
  JsonNode reconcile() {
    return Json.mapper().readTree(post("/api/audit/reconcile", Map.of()));
  }

  /** Writes a backup of the control plane's home. */
  void backup(OutputStream out) throws IOException {
    HttpRequest request = request("/api/backup").timeout(BACKUP_LIMIT).GET().build();
    try {
      HttpResponse<InputStream> response = http.send(request, BodyHandlers.ofInputStream());
      try (InputStream body = response.body()) {
        if (response.statusCode() != 200) {
          throw new Stop(Slipway.NOT_RUN, "the control plane answers " + response.statusCode());
        }
        body.transferTo(out);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Stop(Slipway.NOT_RUN, "interrupted");
    }
  }

  void erase(String digest, String reason, String by) {
    post("/api/audit/erase", Map.of("digest", digest, "reason", reason, "by", by));
  }

  /**
   * Takes in every state of the change until one of them is the last one wanted, and gives that
   * one.
   */
  ChangeView follow(String id, Predicate<ChangeView> last) throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(base.resolve("/api/changes/" + id + "/events"))
            .header("Authorization", "Bearer " + token)
            .build();
    try (Stream<String> lines = http.send(request, BodyHandlers.ofLines()).body()) {
      return lines
          .filter(line -> line.startsWith("data:"))
          .map(line -> view(line.substring("data:".length())))
          .filter(last)
          .findFirst()
          .orElseThrow(() -> stopped(id));
    } catch (IOException | UncheckedIOException e) {
      throw stopped(id);
    }
  }

  /**
   * The same change, with the report on its rollback where it has one: one that is being written is
   * waited for.
   */
  ChangeView reported(ChangeView rested) {
    String path = "/api/changes/" + rested.change();
    return rested.exitCode() == 0 || answer(request(path + "/incident").GET()).statusCode() == 404
        ? rested
        : change(rested.change());
  }

  private static Stop stopped(String id) {
    return new Stop(
        Slipway.NOT_RUN,
        "the control plane stopped before " + id + " rested; it goes on when one runs again");
  }

  private static ChangeView view(String json) {
    return Json.mapper().readValue(json, ChangeView.class);
  }

  private String post(String path, Object body) {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(Json.mapper().writeValueAsString(body))));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(base.resolve(path))
        .timeout(LIMIT)
        .header("Authorization", "Bearer " + token);
  }

  private String send(HttpRequest.Builder request) {
    HttpResponse<String> response = answer(request);
    if (response.statusCode() / 100 == 2) {
      return response.body();
    }
    throw new Stop(response.statusCode() == CONFLICT ? 1 : Slipway.USAGE, sentence(response));
  }

  private HttpResponse<String> answer(HttpRequest.Builder request) {
    try {
      return http.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new Stop(Slipway.NOT_RUN, "the control plane at " + base + " does not answer: " + e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Stop(Slipway.NOT_RUN, "interrupted");
    }
  }

  private static String sentence(HttpResponse<String> response) {
    String plain = "the control plane answers " + response.statusCode();
    try {
      StringBuilder text = new StringBuilder();
      Json.mapper()
          .readTree(response.body())
          .path("errors")
          .forEach(error -> text.append(text.isEmpty() ? "" : "\n  ").append(error.asString()));
      return text.isEmpty() ? plain : text.toString();
    } catch (JacksonException e) {
      return plain;
    }
  }
}

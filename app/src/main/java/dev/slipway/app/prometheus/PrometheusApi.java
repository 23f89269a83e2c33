package dev.slipway.app.prometheus;

import dev.slipway.change.Printable;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Prometheus' HTTP API, as far as it is needed: instant queries. */
final class PrometheusApi {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final int ANSWER_BYTES_MAX = 4 << 20;
  private static final JsonMapper JSON = JsonMapper.shared();

  private final URI server;
  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(PATIENCE).proxy(HttpClient.Builder.NO_PROXY).build();

  PrometheusApi(URI server) {
    this.server = server;
  }

  /**
   * The value of every series of the query's vector at that time, by its {@code le} label, which is
   * empty where there is none. An empty map is no data.
   *
   * @throws IOException if Prometheus cannot be asked, or refuses
   */
  Map<String, Double> at(String query, Instant time) throws IOException, InterruptedException {
    String form = "query=" + encoded(query) + "&time=" + encoded(time.toString()) + "&timeout=5s";
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server + "/api/v1/query"))
            .timeout(PATIENCE)
            .header("content-type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(form))
            .build();
    HttpResponse<InputStream> response =
        http.send(request, HttpResponse.BodyHandlers.ofInputStream());
    try (InputStream body = response.body()) {
      byte[] bytes = body.readNBytes(ANSWER_BYTES_MAX + 1);
      if (bytes.length > ANSWER_BYTES_MAX) {
        throw new IOException("Prometheus answers with more than " + ANSWER_BYTES_MAX + " bytes");
      }
      return vector(query, response.statusCode(), bytes);
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static Map<String, Double> vector(String query, int status, byte[] body)
      throws IOException {
    JsonNode answer;
    try {
      answer = JSON.readTree(body);
    } catch (JacksonException e) {
      throw new IOException("Prometheus answers " + status + " and no JSON", e);
    }
    if (!"success".equals(answer.path("status").asString(""))) {
      String error = Printable.of(answer.path("error").asString("no reason"));
      throw new IOException("Prometheus answers " + status + " to " + query + ": " + error);
    }
    JsonNode data = answer.path("data");
    if (!"vector".equals(data.path("resultType").asString(""))) {
      throw new IOException("the query gives no vector: " + query);
    }
    Map<String, Double> values = new LinkedHashMap<>();
    for (JsonNode series : data.path("result")) {
      String le = series.path("metric").path("le").asString("");
      double value = number(series.path("value").path(1).asString(""));
      if (values.put(le, value) != null) {
        throw new IOException("the query gives several series where one is expected: " + query);
      }
    }
    return values;
  }

  private static double number(String text) throws IOException {
    try {
      return switch (text) {
        case "+Inf" -> Double.POSITIVE_INFINITY;
        case "-Inf" -> Double.NEGATIVE_INFINITY;
        default -> Double.parseDouble(text);
      };
    } catch (NumberFormatException e) {
      throw new IOException("Prometheus gives a value that is no number", e);
    }
  }
}

package dev.slipway.app.http;

import com.jayway.jsonpath.InvalidPathException;
import com.jayway.jsonpath.JsonPath;
import com.jayway.jsonpath.PathNotFoundException;
import dev.slipway.change.Printable;
import dev.slipway.policy.Check;
import dev.slipway.project.Smoke;
import dev.slipway.project.StagingPlan;
import dev.slipway.telemetry.Prober;
import dev.slipway.telemetry.StagingRun;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** HTTP checks and load with the JDK's client. Answers are untrusted and bounded. */
public final class HttpProber implements Prober {
  private static final int BODY_BYTES_MAX = 1 << 20;
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);

  private final HttpClient http =
      HttpClient.newBuilder()
          .connectTimeout(CONNECT_LIMIT)
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .proxy(HttpClient.Builder.NO_PROXY)
          .build();
  private final JsonMapper json = JsonMapper.builder().build();

  @Override
  public Check check(URI base, Smoke.HttpCheck check) throws InterruptedException {
    String name = "smoke " + check.method() + " " + check.path();
    long start = System.nanoTime();
    try {
      HttpResponse<InputStream> response =
          http.send(
              request(base, check.method(), check.path(), check.headers(), check.body())
                  .timeout(check.within().plusSeconds(1))
                  .build(),
              BodyHandlers.ofInputStream());
      byte[] body;
      try (InputStream stream = response.body()) {
        body = stream.readNBytes(BODY_BYTES_MAX + 1);
      }
      Duration took = Duration.ofNanos(System.nanoTime() - start);
      List<String> wrong = wrong(check, response, body, took);
      return wrong.isEmpty()
          ? new Check(
              name, Check.Outcome.PASSED, "answered as expected in " + took.toMillis() + " ms")
          : new Check(name, Check.Outcome.FAILED, String.join("; ", wrong));
    } catch (IOException e) {
      return new Check(
          name, Check.Outcome.FAILED, "no answer: " + Printable.of(String.valueOf(e.getMessage())));
    }
  }

  private List<String> wrong(
      Smoke.HttpCheck check, HttpResponse<?> response, byte[] body, Duration took) {
    List<String> wrong = new ArrayList<>();
    if (response.statusCode() != check.status()) {
      wrong.add("status is " + response.statusCode() + ", expected " + check.status());
    }
    check
        .expectHeaders()
        .forEach(
            (header, text) -> {
              String value = response.headers().firstValue(header).orElse("");
              if (!value.toLowerCase(Locale.ROOT).contains(text.toLowerCase(Locale.ROOT))) {
                wrong.add(
                    "header "
                        + header
                        + " is '"
                        + Printable.of(value)
                        + "', expected it to contain '"
                        + text
                        + "'");
              }
            });
    if (took.compareTo(check.within()) > 0) {
      wrong.add("took " + took.toMillis() + " ms, expected " + check.within().toMillis() + " ms");
    }
    if (!check.json().isEmpty()) {
      wrong.addAll(wrongJson(check.json(), body));
    }
    return wrong;
  }

  private List<String> wrongJson(Map<String, Smoke.Expectation> expected, byte[] body) {
    if (body.length > BODY_BYTES_MAX) {
      return List.of("the answer is longer than " + BODY_BYTES_MAX + " bytes");
    }
    List<String> wrong = new ArrayList<>();
    String text = new String(body, StandardCharsets.UTF_8);
    for (Map.Entry<String, Smoke.Expectation> entry : expected.entrySet()) {
      try {
        Object found = JsonPath.read(text, entry.getKey());
        if (entry.getValue() instanceof Smoke.Expectation.Equals(String wanted)) {
          JsonNode actual = json.valueToTree(found);
          if (!json.readTree(wanted).equals(actual)) {
            wrong.add(
                entry.getKey() + " is " + Printable.of(actual.toString()) + ", expected " + wanted);
          }
        }
      } catch (PathNotFoundException e) {
        wrong.add("there is no " + entry.getKey());
      } catch (InvalidPathException e) {
        wrong.add(entry.getKey() + " is not a JSON path: " + e.getMessage());
      } catch (com.jayway.jsonpath.JsonPathException | JacksonException e) {
        wrong.add("the answer is not JSON");
      }
    }
    return wrong;
  }

  @Override
  public StagingRun drive(URI base, StagingPlan plan, Duration duration)
      throws InterruptedException {
    return new Load(http, base, plan).run(duration);
  }

  static HttpRequest.Builder request(
      URI base,
      String method,
      String path,
      Map<String, String> headers,
      java.util.Optional<String> body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base.toString().replaceAll("/$", "") + path))
            .method(method, body.map(BodyPublishers::ofString).orElseGet(BodyPublishers::noBody));
    headers.forEach(request::header);
    return request;
  }
}

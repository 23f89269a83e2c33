package dev.slipway.app.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.project.StagingPlan.Request;
import dev.slipway.telemetry.RecordedTraffic.Reading;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordedRequestsTest {
  private static final String COMMON = "192.0.2.7 - - [24/Nov/2026:14:20:00 +0000] \"%s\" 200 5120";

  private static Reading read(String text) {
    return new RecordedRequests().read("load/traffic.log", text.getBytes(UTF_8));
  }

  private static List<String> errors(String text) {
    return ((Reading.Unusable) read(text)).errors();
  }

  private static List<String> paths(String text) {
    return ((Reading.Usable) read(text)).requests().stream().map(Request::path).toList();
  }

  @Test
  void bothFormsAreReadInOrder() {
    String text =
        String.join(
            "\n",
            COMMON.formatted("GET /orders?page=2 HTTP/1.1"),
            "",
            "{\"post\": \"/orders\", \"request_headers\": {\"content-type\": \"application/json\"},"
                + " \"body\": \"{}\"}",
            COMMON.formatted("HEAD /health HTTP/2.0") + " \"https://shop.example/\" \"Mozilla\"\r",
            "  {\"get\": \"/carts\"}",
            "shop.example ada [24/Nov/2026:14:20:00 +0000] \"GET / HTTP/1.0\" 304 - extra 0.004");

    assertThat(read(text))
        .isEqualTo(
            new Reading.Usable(
                List.of(
                    Request.get("/orders?page=2"),
                    new Request(
                        "POST",
                        "/orders",
                        Map.of("content-type", "application/json"),
                        Optional.of("{}")),
                    new Request("HEAD", "/health", Map.of(), Optional.empty()),
                    Request.get("/carts"),
                    Request.get("/")),
                0));
  }

  @Test
  void whatAnAccessLogOnlySaysHappenedIsLeftOut() {
    String text =
        String.join(
            "\n",
            COMMON.formatted("POST /orders HTTP/1.1"),
            COMMON.formatted("OPTIONS * HTTP/1.1"),
            COMMON.formatted("CONNECT evil.example:443 HTTP/1.1"),
            COMMON.formatted("-"),
            COMMON.formatted(""),
            COMMON.formatted("GET /orders HTTP/1.1"));

    assertThat(read(text)).isEqualTo(new Reading.Usable(List.of(Request.get("/orders")), 5));
  }

  @ParameterizedTest
  @CsvSource({
    "http://evil.example/orders?a=b, /orders?a=b",
    "https://ada:secret@evil.example:8443/orders, /orders",
    "http://evil.example, /",
    "http://evil.example?a=b, /?a=b",
    "//evil.example/orders, //evil.example/orders",
    "/orders#top, /orders",
    "/@evil.example/, /@evil.example/",
    "/..%2f..%2fetc/passwd, /..%2f..%2fetc/passwd",
    "/:80/, /:80/"
  })
  void onlyThePathIsUsed(String target, String path) {
    assertThat(paths(COMMON.formatted("GET " + target + " HTTP/1.1"))).containsExactly(path);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET orders HTTP/1.1",
        "GET * HTTP/1.1",
        "GET @evil.example/ HTTP/1.1",
        "GET /a|b HTTP/1.1",
        "GET /a\\x22 HTTP/1.1",
        "GET /%zz HTTP/1.1",
        "GET  / HTTP/1.1",
        "GET / x HTTP/1.1",
        "GET /",
        "get / HTTP/1.1",
        "GET / HTTP/1.1\\\" 200 1 \\\"",
        "\\x16\\x03\\x01",
        "GET /a\tb HTTP/1.1",
        "GET javascript:alert(1) HTTP/1.1"
      })
  void whatNoClientCouldAskForIsRejectedWithItsLine(String request) {
    assertThat(errors("{\"get\": \"/\"}\n" + COMMON.formatted(request)))
        .singleElement()
        .asString()
        .startsWith("load/traffic.log:2: ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /orders",
        "192.0.2.7 - - [24/Nov/2026] GET / HTTP/1.1 200 5",
        "192.0.2.7 - - [24/Nov/2026] \"GET / HTTP/1.1",
        "192.0.2.7 - - [24/Nov/2026] \"GET / HTTP/1.1\" two 5",
        "192.0.2.7 - - [24/Nov/2026] \"GET / HTTP/1.1\" 200",
        "$(touch /tmp/x)",
        "<?xml version=\"1.0\"?>",
        "\u001b[31mred"
      })
  void whatIsInNeitherFormIsRejectedWithTheMend(String line) {
    assertThat(errors(line))
        .containsExactly(
            "load/traffic.log:1: expected a line of an access log in Common or Combined Log Format,"
                + " or JSON such as {\"get\": \"/orders\"}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "{\"get\": \"/a\", \"post\": \"/b\"} ~ exactly one of get",
        "{} ~ exactly one of get",
        "{\"get\": \"/a\", \"get\": \"/b\"} ~ Duplicate",
        "{\"get\": \"/a\"} {\"get\": \"/b\"} ~ not a request in JSON",
        "{\"get\": \"/a\", \"url\": \"http://evil.example\"} ~ url",
        "{\"get\": \"http://evil.example/\"} ~ is not a path",
        "{\"get\": \"orders\"} ~ is not a path",
        "{\"get\": \"/a b\"} ~ is not a path",
        "{\"get\": \"/a\u202eb\"} ~ is not a path",
        "{\"get\": \"/caf\u00e9\"} ~ is not a path",
        "{\"get\": \"/a\\nb\"} ~ is not a path",
        "{\"get\": null} ~ exactly one of get",
        "{\"get\": [\"/a\"]} ~ not a request in JSON",
        "{\"get\": \"/a\", \"request_headers\": {\"Host\": \"evil.example\"}} ~ header Host",
        "{\"get\": \"/a\", \"request_headers\": {\"a b\": \"c\"}} ~ header a b",
        "{\"get\": \"/a\", \"request_headers\": {\"a\": null}} ~ header a",
        "{\"get\": \"/a\", \"request_headers\": {\"a\": \"b\\r\\nHost: x\"}} ~ header a",
        "{\"get\": ~ not a request in JSON"
      })
  void jsonThatIsNoRequestIsRejected(String line, String why) {
    assertThat(errors(line)).singleElement().asString().contains("load/traffic.log:1: ", why);
  }

  @Test
  void deepJsonIsRejected() {
    assertThat(errors("{\"get\": " + "[".repeat(10_000)))
        .singleElement()
        .asString()
        .contains("not a request in JSON");
  }

  @Test
  void bytesLinesAndLengthAreBoundedByName() {
    assertThat(errors("\n".repeat((8 << 20) + 1)))
        .containsExactly("load/traffic.log: is longer than 8 MiB");
    assertThat(errors("{\"get\": \"/\"}\n".repeat(20_001)))
        .containsExactly("load/traffic.log:20001: more than 20000 lines");
    assertThat(errors("{\"get\": \"/\"}\n" + "a".repeat(70_000)))
        .containsExactly("load/traffic.log:2: is longer than 65536 bytes");
    assertThat(errors("{\"get\": \"/" + "a".repeat(2_000) + "\"}"))
        .singleElement()
        .asString()
        .contains("at most 2000 characters");
    assertThat(errors("x\n".repeat(50))).hasSize(11).last().asString().contains("40 more lines");
  }

  @Test
  void nothingToReplayIsSaid() {
    assertThat(errors("\n\n"))
        .containsExactly("load/traffic.log: has no request that can be replayed");
    assertThat(errors(COMMON.formatted("POST / HTTP/1.1"))).hasSize(1);
  }

  @Test
  void textThatIsNotUtf8IsRejectedWithItsLine() {
    byte[] content = "{\"get\": \"/\"}\n{\"get\": \"/caf\u00e9\"}\n".getBytes(ISO_8859_1);

    assertThat(((Reading.Unusable) new RecordedRequests().read("a.log", content)).errors())
        .containsExactly("a.log:2: is not UTF-8 text");
  }

  /** D11: no line takes long, and no content is a fault. */
  @Test
  void whateverComesIsReadQuickly() {
    String[] pieces = {
      "[",
      "] \"",
      "\"",
      "\\",
      " ",
      "GET ",
      "/",
      "HTTP/1.1",
      "{",
      "}",
      "\"get\":",
      "200",
      "-",
      "\n",
      "://",
      "\u0000",
      "é",
      "%",
      "#"
    };
    long start = System.nanoTime();
    for (int seed = 0; seed < 500; seed++) {
      Random random = new Random(seed);
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < 400; i++) {
        text.append(pieces[random.nextInt(pieces.length)]);
      }
      assertThat(read(text.toString())).isNotNull();
    }
    read("\"" + "\\".repeat(60_000));
    read(" [] \"" + "a ".repeat(30_000));
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
  }
}

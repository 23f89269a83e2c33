package dev.slipway.app.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The admin port, asked as a stranger would, and as a stale or confused owner would. */
class EdgeAdminTest {
  private static final String WISH =
      "{\"epoch\":{\"lease\":1,\"move\":1},\"stable\":[],\"canary\":[],\"canary_share_bp\":0}";
  private static EdgeFixture edge;

  @BeforeAll
  static void startEdge() {
    edge = EdgeFixture.startDefault();
  }

  @AfterAll
  static void stopEdge() {
    edge.close();
  }

  private static HttpRequest.Builder request(String path) throws Exception {
    String token = Files.readString(edge.dir().resolve("token")).strip();
    return HttpRequest.newBuilder(admin(path)).header("authorization", "Bearer " + token);
  }

  private static URI admin(String path) {
    return URI.create("http://127.0.0.1:" + edge.process().address().adminPort() + path);
  }

  private static HttpResponse<String> put(String path, String body) throws Exception {
    return edge.send(request(path).PUT(BodyPublishers.ofString(body)).build());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Bearer", "Bearer x", "Basic eDp4", "bearer "})
  void withoutTheTokenNothingIsSaid(String authorization) {
    for (String path : List.of("/health", "/routes", "/routes/test/x", "/nowhere")) {
      HttpRequest.Builder request = HttpRequest.newBuilder(admin(path));
      if (!authorization.isEmpty()) {
        request.header("authorization", authorization);
      }
      HttpResponse<String> response = edge.send(request.build());
      assertThat(response.statusCode()).isEqualTo(401);
      assertThat(response.body()).doesNotContain("pid");
    }
  }

  @Test
  void theTokenWithOneLetterChangedIsWrong() throws Exception {
    String token = Files.readString(edge.dir().resolve("token")).strip();
    char last = token.charAt(token.length() - 1);
    String wrong = token.substring(0, token.length() - 1) + (last == '0' ? '1' : '0');
    HttpRequest request =
        HttpRequest.newBuilder(admin("/health")).header("authorization", "Bearer " + wrong).build();
    assertThat(edge.send(request).statusCode()).isEqualTo(401);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {                                                          | $ (line 1      | Unexpected end
          [1]                                                        | $ (line 1      | RouteSpec
          null                                                       | $              | found null
          {"epoch":{"lease":1,"move":1},"stable":[],"canary":[]}     | $.canary_share_bp | Missing required
          {"epoch":{"lease":1},"stable":[],"canary":[],"canary_share_bp":0}  | $.epoch.move | Missing required
          {"epoch":{"lease":-1,"move":1},"stable":[],"canary":[],"canary_share_bp":0}  | $.epoch | negative
          {"epoch":{"lease":1.5,"move":1},"stable":[],"canary":[],"canary_share_bp":0}  | $.epoch.lease | 1.5
          {"epoch":{"lease":"1","move":1},"stable":[],"canary":[],"canary_share_bp":0}  | $.epoch.lease | String
          {"epoch":{"lease":1,"move":1},"stable":["a"],"canary":[],"canary_share_bp":0}  | $.stable[0] | host:port
          {"epoch":{"lease":1,"move":1},"stable":["a:99999"],"canary":[],"canary_share_bp":0}  | $.stable[0] | 99999
          {"epoch":{"lease":1,"move":1},"stable":["a:1",null],"canary":[],"canary_share_bp":0}  | $ | without a port
          {"epoch":{"lease":1,"move":1},"stable":["a:1"],"canary":["a:1"],"canary_share_bp":0}  | $ | named twice
          {"epoch":{"lease":1,"move":1},"stable":[],"canary":[],"canary_share_bp":10001}  | $ | 10001
          {"epoch":{"lease":1,"move":1},"stable":[],"canary":[],"canary_share_bp":1}  | $ | no instance
          {"epoch":{"lease":1,"move":1},"stable":[],"canary":[],"canary_share_bp":0,"health_path":"x"}  | $ | health_path
          {"epoch":{"lease":1,"move":1},"stable":[],"canary":[],"canary_share_bp":0,"weight":1}  | $.weight | weight
          {"epoch":{"lease":1,"move":1},"epoch":{"lease":2,"move":1},"stable":[],"canary":[],"canary_share_bp":0}  | $ | uplicate
          {"epoch":{"lease":1,"move":1},"stable":[],"canary":[],"canary_share_bp":0} {}  | $ | railing
          """)
  void aMalformedWishIsA400ThatNamesThePlace(String body, String place, String message)
      throws Exception {
    HttpResponse<String> response = put("/routes/test/malformed", body);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
    assertThat(response.body())
        .contains("\"error\":\"malformed\"")
        .contains("\"place\":\"" + place)
        .contains(message);
    assertThat(edge.client().route(new RouteName("test", "malformed"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/routes/test/..",
        "/routes/../etc",
        "/routes/test/%2e%2e%2fetc",
        "/routes/test/a%00b",
        "/routes/test/.hidden",
        "/routes/test/UPPER",
        "/routes/test/a%20b",
        "/routes/test/%22quoted%22",
        "/routes//orders",
        "/routes/test/$(id)",
        "/routes/test/--flag",
        "/routes/test/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
      })
  void hostileNamesAreRefused(String path) throws Exception {
    try (RawClient client =
        new RawClient(new Instance("127.0.0.1", edge.process().address().adminPort()))) {
      String token = Files.readString(edge.dir().resolve("token")).strip();
      client.say(
          "PUT "
              + path
              + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer "
              + token
              + "\r\nContent-Length: "
              + WISH.length()
              + "\r\n\r\n"
              + WISH);
      assertThat(client.readAll()).contains(" 400 ").contains("\"place\":\"path\"");
    }
    assertThat(edge.dir().resolve("etc.json")).doesNotExist();
    assertThat(edge.dir().getParent().resolve("etc.json")).doesNotExist();
  }

  @Test
  void unknownPathsAndMethodsAreSaidToBe() throws Exception {
    assertThat(edge.send(request("/").build()).statusCode()).isEqualTo(404);
    assertThat(edge.send(request("/routes/test").build()).statusCode()).isEqualTo(404);
    assertThat(edge.send(request("/routes/a/b/c").build()).statusCode()).isEqualTo(404);
    assertThat(edge.send(request("/routes/a/b/c/d").build()).statusCode()).isEqualTo(404);
    assertThat(edge.send(request("/health").DELETE().build()).statusCode()).isEqualTo(405);
    HttpRequest post = request("/routes/test/x").POST(BodyPublishers.noBody()).build();
    assertThat(edge.send(post).statusCode()).isEqualTo(405);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          arm=both&from=2026-01-01T00:00:00Z&to=2026-01-01T00:00:00Z   | query arm
          from=2026-01-01T00:00:00Z&to=2026-01-01T00:00:00Z            | query arm
          arm=canary&from=yesterday&to=2026-01-01T00:00:00Z            | query from
          arm=canary&from=2026-01-01T00:00:00Z                         | query to
          """)
  void aMalformedQuestionIsA400ThatNamesThePlace(String query, String place) throws Exception {
    HttpResponse<String> response = edge.send(request("/routes/test/x/window?" + query).build());
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body()).contains("\"place\":\"" + place + "\"");
  }

  @Test
  void aBrokenEscapeIsMalformed() throws Exception {
    try (RawClient client =
        new RawClient(new Instance("127.0.0.1", edge.process().address().adminPort()))) {
      String token = Files.readString(edge.dir().resolve("token")).strip();
      client.say(
          "GET /routes/test/x/window?arm=%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
              + "Authorization: Bearer "
              + token
              + "\r\n\r\n");
      assertThat(client.readAll()).contains(" 400 ").contains("\"place\":\"query");
    }
  }

  @Test
  void aHugeBodyIsRefusedUnread() throws Exception {
    assertThat(put("/routes/test/huge", "x".repeat(300_000)).statusCode()).isEqualTo(413);
    HttpRequest endless =
        request("/routes/test/huge")
            .PUT(BodyPublishers.fromPublisher(BodyPublishers.ofString(WISH)))
            .build();
    assertThat(edge.send(endless).statusCode()).isEqualTo(411);
  }

  @Test
  void aDeepDocumentIsRefused() throws Exception {
    HttpResponse<String> response =
        put("/routes/test/deep", "{\"epoch\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}");
    assertThat(response.statusCode()).isEqualTo(400);
  }

  @Test
  void aStaleEpochIsRefusedWithBothNamed() throws Exception {
    RouteName name = EdgeFixture.name();
    edge.put(name, 5, List.of(), List.of(), 0);
    HttpResponse<String> response = put("/routes/" + name, WISH);
    assertThat(response.statusCode()).isEqualTo(409);
    assertThat(response.body())
        .contains("\"error\":\"stale_epoch\"")
        .contains("\"asked\":{\"lease\":1,\"move\":1}")
        .contains("\"highest\":{\"lease\":1,\"move\":5}")
        .contains("(lease 1 move 1) is older than the one obeyed (lease 1 move 5)");
    assertThat(edge.view(name).epoch()).isEqualTo(new Epoch(1, 5));
  }

  @Test
  void sayingTheSameTwiceChangesNothing() {
    RouteName name = EdgeFixture.name();
    RouteSpec spec = EdgeFixture.spec(1, List.of(new Instance("127.0.0.1", 1)), List.of(), 0);
    RouteView first = edge.put(name, spec);
    RouteView second = edge.put(name, spec);
    assertThat(second.counters()).hasSize(1);
    assertThat(second.listen()).isEqualTo(first.listen());
    RouteSpec other = EdgeFixture.spec(1, List.of(new Instance("127.0.0.1", 2)), List.of(), 0);
    assertThat(edge.client().put(name, other))
        .isEqualTo(new Obeyed.No(new Refusal.OtherBody(new Epoch(1, 1))));
  }

  @Test
  void aListenerDoesNotMove() {
    RouteName name = EdgeFixture.name();
    RouteView route = edge.put(name, 1, List.of(), List.of(), 0);
    Instance elsewhere = EdgeFixture.nobody();
    RouteSpec moved =
        new RouteSpec(
            new Epoch(1, 2), Optional.of(elsewhere), List.of(), List.of(), 0, Optional.empty());
    assertThat(edge.client().put(name, moved))
        .isEqualTo(new Obeyed.No(new Refusal.Moved(elsewhere, route.listen())));
    RouteName other = EdgeFixture.name();
    RouteSpec taken =
        new RouteSpec(
            new Epoch(1, 2),
            Optional.of(route.listen()),
            List.of(),
            List.of(),
            0,
            Optional.empty());
    assertThat(edge.client().put(other, taken))
        .isInstanceOfSatisfying(
            Obeyed.No.class,
            no -> assertThat(no.refusal()).isInstanceOf(Refusal.CannotListen.class));
    assertThat(edge.client().route(other)).isEmpty();
  }

  @Test
  void theMetricsAreInPrometheusFormat() {
    RouteName name = EdgeFixture.name();
    try (TestInstance stable = TestInstance.start("stable");
        TestInstance canary = TestInstance.start("canary")) {
      RouteView route =
          edge.put(name, 1, List.of(stable.address()), List.of(canary.address()), 2_500);
      for (int i = 0; i < 20; i++) {
        edge.get(route, i % 2 == 0 ? "/" : "/status/404");
      }
      edge.quiet(name);
      PrometheusText page = PrometheusText.parse(metrics().body());
      String labels = "environment=\"test\",service=\"" + name.service() + "\",arm=\"canary\"";
      assertThat(page.value("slipway_edge_share", labels)).isEqualTo(0.25);
      assertThat(page.value("slipway_edge_in_flight", labels)).isZero();
      assertThat(page.sum("slipway_edge_requests_total", labels)).isEqualTo(5);
      assertThat(page.sum("slipway_edge_errors_total", labels)).isZero();
      assertThat(page.value("slipway_edge_errors_total", labels + ",result=\"diverted\"")).isZero();
      String histogram = "slipway_edge_request_duration_seconds";
      assertThat(page.value(histogram + "_count", labels)).isEqualTo(5);
      assertThat(page.value(histogram + "_bucket", labels + ",le=\"+Inf\"")).isEqualTo(5);
      assertThat(page.value(histogram + "_bucket", labels + ",le=\"0.8\"")).isBetween(0.0, 5.0);
      assertThat(page.value(histogram + "_sum", labels)).isPositive();
    }
  }

  private static HttpResponse<String> metrics() {
    URI uri = URI.create("http://127.0.0.1:" + edge.process().address().metricsPort() + "/metrics");
    HttpResponse<String> response = edge.send(HttpRequest.newBuilder(uri).build());
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("content-type"))
        .hasValue("text/plain; version=0.0.4; charset=utf-8");
    return response;
  }

  @Test
  void theMetricsPortSaysNothingElse() {
    URI uri = URI.create("http://127.0.0.1:" + edge.process().address().metricsPort() + "/routes");
    assertThat(edge.send(HttpRequest.newBuilder(uri).build()).statusCode()).isEqualTo(404);
  }
}

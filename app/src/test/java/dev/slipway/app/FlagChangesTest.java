package dev.slipway.app;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.app.audit.AuditVerification;
import dev.slipway.app.config.ServerConfig;
import dev.slipway.app.edge.EdgeProcess;
import dev.slipway.app.json.Json;
import dev.slipway.app.sandbox.Unconfined;
import dev.slipway.app.server.Server;
import dev.slipway.audit.AuditRecord.FlagChanged;
import dev.slipway.change.Environment;
import dev.slipway.change.FlagChange;
import dev.slipway.change.Person;
import dev.slipway.change.ServiceName;
import dev.slipway.ledger.TileSource;
import dev.slipway.ledger.TrustedKeys;
import dev.slipway.ledger.Verification;
import dev.slipway.ledger.VerifyOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Flag changes as other systems tell them, well and badly. */
class FlagChangesTest {
  private static final String TOKEN = "a token of the test";

  @TempDir static Path home;
  private static ControlPlane controlPlane;
  private static Server server;
  private static HttpClient http;

  @BeforeAll
  static void open() {
    controlPlane =
        ControlPlane.open(home, new Unconfined(home.resolve("scratch")), ServerConfig.DEFAULT);
    server = Server.start(controlPlane, 0, TOKEN);
    http = HttpClient.newHttpClient();
  }

  @AfterAll
  static void close() {
    http.close();
    server.close();
    controlPlane.close();
    EdgeProcess.adopt(home.resolve("edge"))
        .ifPresent(
            edge -> ProcessHandle.of(edge.address().pid()).ifPresent(ProcessHandle::destroy));
  }

  private static HttpResponse<String> send(String token, HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return http.send(
        request
            .uri(URI.create("http://127.0.0.1:" + server.port() + "/api/flag-changes"))
            .header("Authorization", "Bearer " + token)
            .build(),
        BodyHandlers.ofString());
  }

  private static HttpResponse<String> tell(byte[] body) throws IOException, InterruptedException {
    return send(TOKEN, HttpRequest.newBuilder().POST(BodyPublishers.ofByteArray(body)));
  }

  private static HttpResponse<String> tell(String body) throws IOException, InterruptedException {
    return tell(body.getBytes(UTF_8));
  }

  private static FlagChange told(String body) throws IOException, InterruptedException {
    HttpResponse<String> response = tell(body);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return Json.mapper().readValue(response.body(), FlagChange.class);
  }

  private static void assertRefused(HttpResponse<String> response, int status, String why) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(response.body()).contains("\"errors\":[\"", why);
  }

  private static List<FlagChange> recorded() {
    controlPlane.audit().publish();
    List<FlagChange> found = new ArrayList<>();
    Verification verification =
        AuditVerification.verify(
            TileSource.directory(home.resolve("audit")),
            VerifyOptions.trusting(TrustedKeys.none()),
            (index, record) -> {
              if (record instanceof FlagChanged flag) {
                found.add(flag.told());
              }
            });
    assertThat(verification.problems()).isEmpty();
    return found;
  }

  @Test
  void whatIsToldIsOnRecordAndRemembered() throws Exception {
    String at = Instant.now().minusSeconds(90).toString();
    FlagChange change =
        told(
            """
            {"flag": "checkout", "services": ["orders"], "environments": ["production"],
             "at": "%s", "by": "ada@example.com"}
            """
                .formatted(at));

    assertThat(change.services()).containsExactly(new ServiceName("orders"));
    assertThat(change.environments()).containsExactly(Environment.PRODUCTION);
    assertThat(change.by()).isEqualTo(Person.human("ada@example.com"));
    assertThat(recorded()).contains(change);
    assertThat(send(TOKEN, HttpRequest.newBuilder()).body()).contains(change.id());
  }

  @Test
  void withoutATimeAndNamesItIsEverywhereAndNow() throws Exception {
    FlagChange change = told("{\"flag\": \"search\", \"by\": \"ada@example.com\"}");

    assertThat(change.services()).isEmpty();
    assertThat(change.environments()).isEmpty();
    assertThat(change.at()).isBetween(Instant.now().minusSeconds(60), Instant.now());
  }

  /** W6: told again, it is the same; W7: something else under its id is refused. */
  @Test
  void W6_W7_anIdIsToldOnce() throws Exception {
    String body = "{\"id\": \"ev-1\", \"flag\": \"%s\", \"by\": \"ada@example.com\"}";
    FlagChange first = told(body.formatted("checkout"));

    assertThat(told(body.formatted("checkout"))).isEqualTo(first);
    assertRefused(tell(body.formatted("other")), 409, "under the id ev-1 before");
    assertThat(recorded()).filteredOn(it -> it.id().equals("ev-1")).containsExactly(first);
    assertThat(controlPlane.flags().known("ev-1")).contains(first);
  }

  @Test
  void theSameContentIsToldOnce() throws Exception {
    String body =
        "{\"flag\": \"same\", \"at\": \"%s\", \"by\": \"ada@example.com\"}"
            .formatted(Instant.now().minusSeconds(5));

    assertThat(told(body)).isEqualTo(told(body));
    assertThat(recorded()).filteredOn(it -> it.flag().equals("same")).hasSize(1);
  }

  @Test
  void withoutTheTokenNobodyIsHeard() throws Exception {
    HttpRequest.Builder post = HttpRequest.newBuilder().POST(BodyPublishers.ofString("{}"));

    assertThat(send("wrong", post).statusCode()).isEqualTo(401);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"flag\": \"a\", \"flag\": \"b\", \"by\": \"ada\"} | Duplicate",
        "{\"flag\": null, \"by\": \"ada\"} | flag",
        "{\"flag\": \"a\"} | by",
        "{\"flag\": \"a\", \"by\": \"\"} | a login is 1 to 200",
        "{\"flag\": \"a\", \"by\": \"ada\", \"until\": \"x\"} | until",
        "{\"flag\": \"\\ud800\", \"by\": \"ada\"} | flag is 1 to 200 printable",
        "{\"flag\": \"a\\u0000\", \"by\": \"ada\"} | flag is 1 to 200 printable",
        "{\"flag\": [1], \"by\": \"ada\"} | at flag",
        "{\"flag\": \"a\", \"services\": [], \"by\": \"ada\"} | services is a list of names",
        "{\"flag\": \"a\", \"services\": [null], \"by\": \"ada\"} | services is a list of names",
        "{\"flag\": \"a\", \"services\": \"all\", \"by\": \"ada\"} | at services",
        "{\"flag\": \"a\", \"services\": [\"../x\"], \"by\": \"ada\"} | a service is named",
        "{\"flag\": \"a\", \"environments\": [\"EU\"], \"by\": \"ada\"} | an environment is named",
        "{\"flag\": \"a\", \"at\": \"now\", \"by\": \"ada\"} | at is a time such as",
        "{\"flag\": \"a\", \"at\": 5, \"by\": \"ada\"} | at is a time such as",
        "{\"flag\": \"a\", \"at\": \"2020-01-01T00:00:00Z\", \"by\": \"ada\"} | 90 days ago",
        "{\"flag\": \"a\", \"at\": \"2999-01-01T00:00:00Z\", \"by\": \"ada\"} | in the future",
        "{\"id\": \"-\", \"flag\": \"a\", \"by\": \"ada\"} | id is 1 to 100 letters",
        "[] | cannot be read",
        "null | cannot be read",
        "{\"flag\": \"a\", \"by\": \"ada\"} x | cannot be read"
      })
  void W12_W15_whatIsWrongIsSaid(String body, String why) throws Exception {
    assertRefused(tell(body), 400, why);
  }

  @Test
  void W13_depthIsBounded() throws Exception {
    assertRefused(tell("{\"flag\": " + "[".repeat(10_000)), 400, "cannot be read");
  }

  @Test
  void W14_invalidUtf8IsRefused() throws Exception {
    byte[] body = "{\"flag\": \"caf\u00e9\", \"by\": \"ada\"}".getBytes(ISO_8859_1);

    assertRefused(tell(body), 400, "UTF-8");
  }

  @Test
  void W10_lengthIsBounded() throws Exception {
    String body = "{\"flag\": \"" + "a".repeat(1 << 20) + "\", \"by\": \"ada\"}";

    assertRefused(tell(body), 413, "longer than 65536 bytes");
  }

  @Test
  void W16_nothingIsUnpacked() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
      zip.write(new byte[1 << 20]);
    }
    HttpRequest.Builder post =
        HttpRequest.newBuilder()
            .header("Content-Encoding", "gzip")
            .POST(BodyPublishers.ofByteArray(out.toByteArray()));

    assertRefused(send(TOKEN, post), 400, "cannot be read");
  }
}

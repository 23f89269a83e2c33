package dev.slipway.app.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.slipway.change.Environment;
import dev.slipway.change.ServiceName;
import dev.slipway.change.Slot;
import dev.slipway.telemetry.MetricSource;
import dev.slipway.telemetry.Observation;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers of Prometheus that are not what was asked for. */
class PrometheusAnswersTest {
  private static final Slot SLOT = new Slot(Environment.PRODUCTION, new ServiceName("greeter"));

  private static MetricSource source(URI server) {
    return new PrometheusMetrics(
        new PrometheusSettings(server, Queries.edge(), Duration.ofSeconds(1)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":"
            + "[{\"metric\":{},\"value\":[1,\"NaN\"]}]}}",
        "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":"
            + "[{\"metric\":{},\"value\":[1,\"+Inf\"]}]}}",
        "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":"
            + "[{\"metric\":{\"a\":\"1\"},\"value\":[1,\"1\"]},"
            + "{\"metric\":{\"a\":\"2\"},\"value\":[1,\"1\"]}]}}",
        "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[]}}",
        "{\"status\":\"success\",\"data\":{\"resultType\":\"scalar\",\"result\":[1,\"2\"]}}",
        "{\"status\":\"success\"}",
        "{\"status\":\"error\",\"error\":\"bad\\u001b[31m query\"}",
        "<html>502</html>",
        ""
      })
  void C2_anAnswerThatIsNoNumberIsNoData(String answer) throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
    server.createContext(
        "/",
        exchange -> {
          byte[] body = answer.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    try {
      URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort());

      Observation observation =
          source(uri).observe(SLOT, Instant.EPOCH, Instant.EPOCH.plusSeconds(1));

      assertThat(observation)
          .isInstanceOfSatisfying(
              Observation.NoData.class,
              noData -> assertThat(noData.reason()).isNotBlank().doesNotContain("\u001b"));
    } finally {
      server.stop(0);
    }
  }
}

package dev.slipway.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.app.config.ProductionConfig.Metrics;
import dev.slipway.app.config.ProductionConfig.Queries;
import dev.slipway.app.config.ProductionConfig.Target;
import dev.slipway.project.Freeze;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The section {@code production} of the server's configuration. */
class ProductionConfigTest {
  private static Parsed<ServerConfig> parse(String production) {
    String text = "version: 1\nproduction:\n" + production.indent(2);
    return ServerConfigFile.parse("slipway.yml", text.getBytes(StandardCharsets.UTF_8), Map.of());
  }

  private static ProductionConfig valid(String production) {
    return switch (parse(production)) {
      case Parsed.Valid<ServerConfig>(ServerConfig config) -> config.production();
      case Parsed.Invalid<ServerConfig>(List<ConfigError> errors) ->
          throw new AssertionError(errors);
    };
  }

  private static String errors(String production) {
    return switch (parse(production)) {
      case Parsed.Valid<ServerConfig>(ServerConfig config) -> throw new AssertionError(config);
      case Parsed.Invalid<ServerConfig>(List<ConfigError> errors) -> errors.toString();
    };
  }

  @Test
  void haproxyAndPrometheus() {
    assertThat(
            valid(
                """
                haproxy:
                  socket: /run/haproxy/slipway.sock
                  endpoint: http://${service}.example.com
                  state_file: /var/lib/haproxy/servers.state
                metrics:
                  prometheus: http://127.0.0.1:9090
                  queries: micrometer
                  resolution: 5s
                """))
        .isEqualTo(
            new ProductionConfig(
                new Target.Haproxy(
                    Path.of("/run/haproxy/slipway.sock"),
                    "http://${service}.example.com",
                    "slipway",
                    Optional.of(Path.of("/var/lib/haproxy/servers.state"))),
                new Metrics.Prometheus(
                    URI.create("http://127.0.0.1:9090"),
                    Queries.Known.MICROMETER,
                    Duration.ofSeconds(5)),
                List.of()));
  }

  @Test
  void scriptsAndAScript() {
    assertThat(
            valid(
                """
                scripts:
                  install: [/opt/deploy, install]
                  shift: [/opt/deploy, shift]
                  promote: [/opt/deploy, promote]
                  roll_back: [/opt/deploy, "back $(now)"]
                  status: [/opt/deploy, status]
                  limit: 2m
                metrics: {script: [/opt/measure]}
                """))
        .isEqualTo(
            new ProductionConfig(
                new Target.Scripts(
                    List.of("/opt/deploy", "install"),
                    List.of("/opt/deploy", "shift"),
                    List.of("/opt/deploy", "promote"),
                    List.of("/opt/deploy", "back $(now)"),
                    List.of("/opt/deploy", "status"),
                    Duration.ofMinutes(2)),
                new Metrics.OfAScript(
                    List.of("/opt/measure"), Duration.ofSeconds(20), Duration.ofSeconds(15)),
                List.of()));
  }

  @Test
  void queriesOfOnesOwn() {
    String own =
        "metrics: {prometheus: \"http://p:9090\", own_queries: {requests: a, errors: b, latency: c}}";
    assertThat(valid(own).metrics())
        .isEqualTo(
            new Metrics.Prometheus(
                URI.create("http://p:9090"),
                new Queries.Own("a", "b", "c"),
                Duration.ofSeconds(15)));
  }

  @Test
  void freezesOnceAndEveryWeek() {
    assertThat(
            valid(
                    """
                    freezes:
                      - 2026-12-20T00:00:00Z/2027-01-02T00:00:00Z year end
                      - fri-sun 16:00-24:00 Europe/Berlin nobody is there
                      - mon 08:00-09:30 UTC
                    """)
                .freezes())
        .containsExactly(
            new Freeze.Once(
                Instant.parse("2026-12-20T00:00:00Z"),
                Instant.parse("2027-01-02T00:00:00Z"),
                "year end"),
            new Freeze.Weekly(
                DayOfWeek.FRIDAY,
                DayOfWeek.SUNDAY,
                LocalTime.of(16, 0),
                LocalTime.MIDNIGHT,
                ZoneId.of("Europe/Berlin"),
                "nobody is there"),
            new Freeze.Weekly(
                DayOfWeek.MONDAY,
                DayOfWeek.MONDAY,
                LocalTime.of(8, 0),
                LocalTime.of(9, 30),
                ZoneId.of("UTC"),
                ""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2027-01-02T00:00:00Z/2026-12-20T00:00:00Z",
        "2026-13-20T00:00:00Z/2027-01-02T00:00:00Z",
        "fri-xyz 16:00-24:00 UTC",
        "fri 16:00-25:00 UTC",
        "fri 16:00-18:00 Atlantis",
        "fri 16:00-18:00",
        "0 16 * * 5 for two hours"
      })
  void aFreezeThatCannotBeReadIsNamed(String freeze) {
    assertThat(errors("freezes: [\"" + freeze + "\"]")).contains("production.freezes");
  }

  @Test
  void whatIsMissingOrTooMuchIsNamed() {
    assertThat(errors("haproxy: {}"))
        .contains("production.haproxy.socket", "production.haproxy.endpoint");
    assertThat(errors("scripts: {install: [/a]}")).contains("production.scripts.roll_back");
    assertThat(
            errors(
                "scripts: {install: [/a], shift: [/a], promote: [/a], roll_back: [/a], status: [/a]}"))
        .contains("need production.metrics");
    assertThat(errors("haproxy: {socket: /s, endpoint: \"http://h\"}\nscripts: {}"))
        .contains("expected one of the two");
    assertThat(errors("metrics: {prometheus: \"http://p\", resolution: 1500ms}"))
        .contains("whole seconds");
    assertThat(errors("metrics: {prometheus: \"file:///etc/passwd\"}"))
        .contains("production.metrics.prometheus");
  }
}

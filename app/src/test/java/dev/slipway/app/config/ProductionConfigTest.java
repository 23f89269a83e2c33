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
  void kubernetesAndPrometheus() {
    assertThat(
            valid(
                    """
                    kubernetes:
                      kubeconfig: /etc/slipway/kubeconfig
                      environments:
                        production-eu:
                          context: eu
                          namespace: shop
                          gateways: [{name: public, namespace: edge, section: https}]
                          hostnames: ["${service}.eu.example.com"]
                          endpoint: https://${service}.eu.example.com
                        staging:
                          namespace: shop-staging
                          gateways: [{name: inner}]
                          endpoint: http://${service}.staging.example.com
                      pod_template: /etc/slipway/pods/${service}.yaml
                      port: 8081
                      ready_within: 5m
                      argo_rollouts: {orders: orders-rollout}
                    metrics: {prometheus: "http://prometheus.example:9090", queries: micrometer}
                    """)
                .target())
        .isEqualTo(
            new Target.Kubernetes(
                Optional.of(Path.of("/etc/slipway/kubeconfig")),
                Map.of(
                    "production-eu",
                    new ProductionConfig.Place(
                        Optional.of("eu"),
                        "shop",
                        List.of(
                            new ProductionConfig.Gateway(
                                "public", Optional.of("edge"), Optional.of("https"))),
                        List.of("${service}.eu.example.com"),
                        "https://${service}.eu.example.com"),
                    "staging",
                    new ProductionConfig.Place(
                        Optional.empty(),
                        "shop-staging",
                        List.of(
                            new ProductionConfig.Gateway(
                                "inner", Optional.empty(), Optional.empty())),
                        List.of(),
                        "http://${service}.staging.example.com")),
                Optional.of("/etc/slipway/pods/${service}.yaml"),
                8081,
                Duration.ofMinutes(5),
                Map.of("orders", "orders-rollout")));
  }

  @Test
  void whatKubernetesLacksIsNamed() {
    String place = "{namespace: shop, gateways: [{name: public}], endpoint: \"https://e\"}";
    String metrics = "\nmetrics: {prometheus: \"http://p:9090\"}";
    assertThat(errors("kubernetes: {}" + metrics)).contains("production.kubernetes.environments");
    assertThat(errors("kubernetes: {environments: {production: {}}}" + metrics))
        .contains(
            "production.kubernetes.environments.production.namespace",
            "production.kubernetes.environments.production.gateways",
            "production.kubernetes.environments.production.endpoint");
    assertThat(errors("kubernetes: {environments: {production: " + place + "}}"))
        .contains("production.kubernetes", "needs production.metrics");
    assertThat(
            errors("kubernetes: {environments: {eu: " + place + ", us: " + place + "}}" + metrics))
        .contains("has the namespace of eu");
    assertThat(
            errors(
                "kubernetes: {environments: {production: "
                    + place
                    + "}}\nhaproxy: {socket: /s, endpoint: \"http://h\"}"
                    + metrics))
        .contains("expected one of the two");
    assertThat(errors("kubernetes: {environments: {Production: " + place + "}}" + metrics))
        .contains("an environment's name");
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
        .contains("needs production.metrics");
    assertThat(errors("haproxy: {socket: /s, endpoint: \"http://h\"}\nscripts: {}"))
        .contains("expected one of the two");
    assertThat(errors("metrics: {prometheus: \"http://p\", resolution: 1500ms}"))
        .contains("whole seconds");
    assertThat(errors("metrics: {prometheus: \"file:///etc/passwd\"}"))
        .contains("production.metrics.prometheus");
  }
}

package dev.slipway.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.change.Digest;
import dev.slipway.change.Environment;
import dev.slipway.change.ServiceName;
import dev.slipway.policy.Share;
import dev.slipway.policy.Thresholds;
import dev.slipway.policy.judge.Factors;
import dev.slipway.project.Budget;
import dev.slipway.project.Command;
import dev.slipway.project.Freeze;
import dev.slipway.project.Project;
import dev.slipway.project.RolloutPlan;
import dev.slipway.project.Service;
import dev.slipway.project.Service.ArtifactSource;
import dev.slipway.project.Service.Kind;
import dev.slipway.project.Service.Secret;
import dev.slipway.project.Service.SecretUse;
import dev.slipway.project.Smoke;
import dev.slipway.project.Smoke.Expectation;
import dev.slipway.project.StagingPlan;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProjectFileTest {
  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static Project valid(String text) {
    return switch (ProjectFile.parse(".slipway.yml", bytes(text))) {
      case Parsed.Valid<Project>(Project project) -> project;
      case Parsed.Invalid<Project>(List<ConfigError> errors) ->
          throw new AssertionError("not valid: " + errors);
    };
  }

  private static List<String> errors(String text) {
    return switch (ProjectFile.parse(".slipway.yml", bytes(text))) {
      case Parsed.Valid<Project>(Project project) -> throw new AssertionError("valid: " + project);
      case Parsed.Invalid<Project>(List<ConfigError> errors) ->
          errors.stream().map(ConfigError::toString).toList();
    };
  }

  private static String everything() throws IOException {
    try (var in = ProjectFileTest.class.getResourceAsStream("everything.yml")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void readsEveryKey() throws IOException {
    String text = everything();
    Project project = valid(text);

    Thresholds limits =
        new Thresholds(
            5, 0.85, 0.01, Duration.ofMillis(800), 0.10, 1, Thresholds.ModelUse.REQUIRED);
    assertThat(project.services())
        .extracting(service -> service.name().value())
        .containsExactly("accounts", "orders");
    assertThat(project.limits()).isEqualTo(limits);
    assertThat(project.sensitivePaths()).containsExactly("**/payment/**");
    assertThat(project.reviewers()).containsExactly("ada", "grace");
    assertThat(project.sarif()).containsExactly("build/*.sarif");
    assertThat(project.guide()).contains("REVIEW.md");
    assertThat(project.consumers())
        .isEqualTo(Map.of(new ServiceName("orders"), List.of("web", "billing")));
    assertThat(project.budget()).isEqualTo(new Budget(100_000, 2.5, Duration.ofMinutes(10), 2));
    assertThat(project.digest()).isEqualTo(Digest.of(bytes(text)));
    assertThat(project.services().get(1)).isEqualTo(orders(limits));
    assertThat(project.services().get(0).build())
        .contains(
            new Service.Build(
                Optional.empty(), new ArtifactSource.Image("registry.example/accounts:1.4")));
  }

  private static Command command(String directory, Duration limit, String... argv) {
    return new Command(List.of(argv), Map.of(), directory, Command.Network.NONE, List.of(), limit);
  }

  private static Service orders(Thresholds project) {
    String root = "services/orders";
    Command build =
        new Command(
            List.of("mvn", "-B", "-q", "package"),
            Map.of("MAVEN_OPTS", "-Xmx512m", "RETRIES", "3"),
            root,
            Command.Network.NONE,
            List.of("~/.m2"),
            Duration.ofMinutes(9));
    Command integration =
        new Command(
            List.of("./integration.sh", "${BASE_URL}"),
            Map.of(),
            root,
            Command.Network.OPEN,
            List.of(),
            Duration.ofHours(1));
    return new Service(
        new ServiceName("orders"),
        Kind.HTTP,
        root,
        List.of("services/orders/**", "shared/**"),
        List.of(new ServiceName("accounts")),
        Optional.of(
            new Service.Build(Optional.of(build), new ArtifactSource.Path("target/orders.jar"))),
        Optional.of(
            new Service.Tests(
                command(root, Duration.ofMinutes(14), "mvn", "-B", "verify"),
                List.of("target/site/jacoco/jacoco.xml"),
                List.of("target/surefire-reports/*.xml"))),
        Optional.of(
            new Service.Run(
                List.of("java", "-jar", "${ARTIFACT}"), Map.of("PORT", "${PORT}"), "/healthz", 2)),
        smoke(root),
        Optional.of(integration),
        new StagingPlan(
            Duration.ofSeconds(90),
            50,
            List.of(
                StagingPlan.Request.get("/orders"),
                new StagingPlan.Request("POST", "/orders", Map.of(), Optional.of("{}"))),
            Optional.empty(),
            Factors.of(Map.of("cpu", 2.0, "database", 1.5))),
        rollout(),
        List.of(
            new Freeze.Once(
                Instant.parse("2026-12-20T00:00:00Z"),
                Instant.parse("2027-01-02T00:00:00Z"),
                "year end")),
        project.tightenedBy(
            new Thresholds(
                10, 0, 0.0025, Duration.ofMillis(400), 0.05, 9, Thresholds.ModelUse.OPTIONAL)),
        Optional.of(command(root, Duration.ofMinutes(15), "./migrate.sh")),
        List.of(
            new Secret(
                "DB_PASSWORD",
                new Secret.Source.FromEnvironment("ORDERS_DB_PASSWORD"),
                List.of(SecretUse.STAGING, SecretUse.PRODUCTION)),
            new Secret(
                "NPM_TOKEN",
                new Secret.Source.FromFile("/run/secrets/npm"),
                List.of(SecretUse.BUILD))));
  }

  private static Smoke smoke(String root) {
    return new Smoke(
        List.of(
            new Smoke.HttpCheck(
                "GET",
                "/healthz",
                Map.of(),
                Optional.empty(),
                200,
                Map.of(),
                Map.of(),
                Duration.ofSeconds(5)),
            new Smoke.HttpCheck(
                "GET",
                "/orders",
                Map.of(),
                Optional.empty(),
                200,
                Map.of("content-type", "application/json"),
                Map.of(
                    "$.orders", new Expectation.Exists(),
                    "$.n", new Expectation.Equals("3"),
                    "$.name", new Expectation.Equals("\"x\""),
                    "$.tags", new Expectation.Equals("[\"a\",1.50,true,null]")),
                Duration.ofSeconds(1)),
            new Smoke.HttpCheck(
                "POST",
                "/orders",
                Map.of("Content-Type", "application/json"),
                Optional.of("{\"sku\": 1}"),
                201,
                Map.of(),
                Map.of(),
                Duration.ofSeconds(5))),
        Optional.of(command(root, Duration.ofMinutes(5), "./smoke.sh", "${BASE_URL}")));
  }

  private static RolloutPlan rollout() {
    return new RolloutPlan(
        List.of(
            new RolloutPlan.Step(Share.percent(5), Duration.ofMinutes(15)),
            new RolloutPlan.Step(Share.percent(25), Duration.ofMinutes(3)),
            new RolloutPlan.Step(Share.percent(50), Duration.ofMinutes(3)),
            new RolloutPlan.Step(Share.ALL, Duration.ofMinutes(3))),
        List.of(new Environment("production-eu"), new Environment("production-us")));
  }

  @Test
  void readsTheShortFormWithDefaults() {
    Project project =
        valid(
            """
            version: 1
            service: hello
            build: {artifact: app.py}
            run: {command: [python3, "${ARTIFACT}"]}
            """);

    Service service = project.services().getFirst();
    assertThat(service.kind()).isEqualTo(Kind.HTTP);
    assertThat(service.root()).isEqualTo(".");
    assertThat(service.paths()).containsExactly("**");
    assertThat(service.build().orElseThrow().command()).isEmpty();
    assertThat(service.run().orElseThrow().health()).isEqualTo("/health");
    assertThat(service.production()).isEqualTo(RolloutPlan.DEFAULT);
    assertThat(service.staging()).isEqualTo(StagingPlan.DEFAULT);
    assertThat(service.limits()).isEqualTo(Thresholds.DEFAULT);
    assertThat(project.budget()).isEqualTo(Budget.DEFAULT);
    assertThat(project.guide()).isEmpty();
  }

  @Test
  void pathsOfASubdirectoryAreEverythingBelowIt() {
    Project project =
        valid("version: 1\nservices: {web: {root: ./apps/web/, test: {command: [t]}}}");

    Service service = project.services().getFirst();
    assertThat(service.root()).isEqualTo("apps/web");
    assertThat(service.paths()).containsExactly("apps/web/**");
    assertThat(service.kind()).isEqualTo(Kind.LIBRARY);
  }

  @Test
  void everyErrorIsToldWithItsLineAndTheMend() {
    assertThat(
            errors(
                """
                version: 1
                services:
                  orders:
                    bild: {}
                    build:
                      command: mvn package
                      artifact: target/a.jar
                      limit: 10
                    run:
                      command: [java]
                      healht: /x
                    production:
                      canary: 5
                      window: 10 minutes
                      limits: {error_rate_max: 0.5}
                    staging:
                      load: {rate: 50}
                polciy: {}
                """))
        .containsExactly(
            ".slipway.yml:4: services.orders.bild: unknown key; did you mean build?",
            ".slipway.yml:6: services.orders.build.command: expected a list of words, such as"
                + " [mvn, -B, verify], not the text 'mvn package'; write [mvn, package]",
            ".slipway.yml:8: services.orders.build.limit: expected a time with its unit, such as"
                + " 800ms, 120s, 10m or 1h, not the number 10; write 10s if seconds are meant, else"
                + " ms, m or h",
            ".slipway.yml:11: services.orders.run.healht: unknown key; did you mean health?",
            ".slipway.yml:13: services.orders.production.canary: expected a percentage from 0% to"
                + " 100%, such as 5% or 0.5%, not the number 5; write 5%",
            ".slipway.yml:14: services.orders.production.window: expected a time with its unit,"
                + " such as 800ms, 120s, 10m or 1h, not the text '10 minutes'; write 10m",
            ".slipway.yml:15: services.orders.production.limits.error_rate_max: expected a"
                + " percentage from 0% to 100%, such as 5% or 0.5%, not the number 0.5; write 0.5%, or 50% if a"
                + " ratio is meant",
            ".slipway.yml:17: services.orders.staging.load.rate: expected a rate with its unit,"
                + " such as 50/s or 30/m, not the number 50; write 50/s",
            ".slipway.yml:18: polciy: unknown key; did you mean policy?");
  }

  @Test
  void factorsAndRecordingsThatCannotBeMeantAreErrors() {
    assertThat(
            errors(
                """
                version: 1
                service: orders
                run: {command: [java]}
                build: {command: [make], artifact: a.jar}
                staging:
                  factors:
                    cpu: 0
                    Cache: 2
                    database: "2"
                    memory: .nan
                  load:
                    requests: [{get: /}]
                    recording: traffic.log
                """))
        .containsExactly(
            ".slipway.yml:7: staging.factors.cpu: expected a number from 0.01 to 100, such as 2 or"
                + " 0.5, not the number 0",
            ".slipway.yml:8: staging.factors.Cache: is not a difference's name: lower-case letters,"
                + " digits, hyphens and underscores, such as cpu",
            ".slipway.yml:9: staging.factors.database: expected a number from 0.01 to 100, such as"
                + " 2 or 0.5, not the text '2'",
            ".slipway.yml:10: staging.factors.memory: this number is too large, or not one",
            ".slipway.yml:13: staging.load.recording: stands beside requests; expected one of the"
                + " two");
  }

  @Test
  void aRecordingIsInsideTheRepository() {
    assertThat(
            errors(
                """
                version: 1
                service: orders
                run: {command: [java]}
                build: {command: [make], artifact: a.jar}
                staging: {load: {recording: ../../etc/passwd}}
                """))
        .singleElement()
        .asString()
        .contains(
            "staging.load.recording: expected a relative path with slashes that stays inside");
  }

  @Test
  void aCircleOfDependenciesIsAnError() {
    assertThat(
            errors(
                """
                version: 1
                services:
                  a: {depends_on: [b]}
                  b: {depends_on: [c]}
                  c: {depends_on: [a, d]}
                """))
        .containsExactly(
            ".slipway.yml:5: services.c.depends_on: goes in a circle: a → b → c → a",
            ".slipway.yml:5: services.c.depends_on[1]: there is no such service");
  }
}

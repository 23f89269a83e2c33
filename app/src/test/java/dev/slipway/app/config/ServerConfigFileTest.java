package dev.slipway.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.app.config.ServerConfig.Database;
import dev.slipway.app.config.ServerConfig.Listen;
import dev.slipway.app.config.ServerConfig.Model;
import dev.slipway.app.config.ServerConfig.SandboxMode;
import dev.slipway.app.config.ServerConfig.Secret;
import dev.slipway.policy.Thresholds;
import dev.slipway.policy.Thresholds.ModelUse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerConfigFileTest {
  private static final String EVERYTHING =
      """
      version: 1
      listen: {address: 0.0.0.0, port: 8443}
      database: {url: "jdbc:postgresql://db:5432/slipway", user: slipway, password: hunter2}
      limits:
        risk_max: 5
        coverage_min: 90%
        error_rate_max: 0.2%
        latency_p99_max: 500ms
        regression_tolerance: 5%
        flaky_tests_max: 2
        model: required
      sandbox: none
      model: {provider: anthropic, id: claude-sonnet-5-5, base_url: "https://proxy.example", api_key_env: ANTHROPIC_API_KEY}
      commands_max: 3
      mode: production
      audit:
        witnesses: ["https://witness.example witness.example+1a2b3c4d+BA=="]
        anchor: /srv/anchor.git
        anchor_branch: seen
      """;

  private static Parsed<ServerConfig> parse(String text, Map<String, String> environment) {
    return ServerConfigFile.parse(
        "slipway.yml", text.getBytes(StandardCharsets.UTF_8), environment);
  }

  private static ServerConfig valid(String text, Map<String, String> environment) {
    return switch (parse(text, environment)) {
      case Parsed.Valid<ServerConfig>(ServerConfig config) -> config;
      case Parsed.Invalid<ServerConfig>(List<ConfigError> errors) ->
          throw new AssertionError(errors);
    };
  }

  private static List<String> errors(String text, Map<String, String> environment) {
    return switch (parse(text, environment)) {
      case Parsed.Valid<ServerConfig>(ServerConfig config) -> throw new AssertionError(config);
      case Parsed.Invalid<ServerConfig>(List<ConfigError> errors) ->
          errors.stream().map(ConfigError::toString).toList();
    };
  }

  private static ServerConfig everything() {
    return new ServerConfig(
        new Listen("0.0.0.0", 8443),
        Optional.of(
            new Database(
                "jdbc:postgresql://db:5432/slipway",
                "slipway",
                Optional.of(new Secret.Written("hunter2")))),
        new Thresholds(5, 0.9, 0.002, Duration.ofMillis(500), 0.05, 2, ModelUse.REQUIRED),
        SandboxMode.NONE,
        Optional.of(
            new Model(
                Model.Provider.ANTHROPIC,
                "claude-sonnet-5-5",
                Optional.of("https://proxy.example"),
                Optional.of(new Secret.FromVariable("ANTHROPIC_API_KEY")))),
        ProductionConfig.DEFAULT,
        3,
        ServerConfig.Mode.PRODUCTION,
        new ServerConfig.Audit(
            List.of(
                new ServerConfig.Witness(
                    "https://witness.example", "witness.example+1a2b3c4d+BA==")),
            Optional.of(new ServerConfig.Anchor("/srv/anchor.git", "seen"))));
  }

  @Test
  void nothingGivesTheDefaults() {
    ServerConfig config = valid("", Map.of());
    assertThat(config.listen()).isEqualTo(new Listen("127.0.0.1", 7447));
    assertThat(config.database()).isEmpty();
    assertThat(config.ceilings()).isEqualTo(Thresholds.LOOSEST);
    assertThat(config.sandbox()).isEqualTo(SandboxMode.BUBBLEWRAP);
    assertThat(config.model()).isEmpty();
    assertThat(config).isEqualTo(ServerConfig.DEFAULT);
  }

  @Test
  void readsEveryKeyOfTheFile() {
    assertThat(valid(EVERYTHING, Map.of())).isEqualTo(everything());
  }

  @Test
  void everyKeyIsAVariableToo() {
    Map<String, String> environment =
        Map.ofEntries(
            Map.entry("SLIPWAY_LISTEN_ADDRESS", "0.0.0.0"),
            Map.entry("SLIPWAY_LISTEN_PORT", "8443"),
            Map.entry("SLIPWAY_DATABASE_URL", "jdbc:postgresql://db:5432/slipway"),
            Map.entry("SLIPWAY_DATABASE_USER", "slipway"),
            Map.entry("SLIPWAY_DATABASE_PASSWORD", "hunter2"),
            Map.entry("SLIPWAY_LIMITS_RISK_MAX", "5"),
            Map.entry("SLIPWAY_LIMITS_COVERAGE_MIN", "90%"),
            Map.entry("SLIPWAY_LIMITS_ERROR_RATE_MAX", "0.2%"),
            Map.entry("SLIPWAY_LIMITS_LATENCY_P99_MAX", "500ms"),
            Map.entry("SLIPWAY_LIMITS_REGRESSION_TOLERANCE", "5%"),
            Map.entry("SLIPWAY_LIMITS_FLAKY_TESTS_MAX", "2"),
            Map.entry("SLIPWAY_LIMITS_MODEL", "required"),
            Map.entry("SLIPWAY_SANDBOX", "none"),
            Map.entry("SLIPWAY_MODEL_PROVIDER", "anthropic"),
            Map.entry("SLIPWAY_MODEL_ID", "claude-sonnet-5-5"),
            Map.entry("SLIPWAY_MODEL_BASE_URL", "https://proxy.example"),
            Map.entry("SLIPWAY_MODEL_API_KEY_ENV", "ANTHROPIC_API_KEY"),
            Map.entry("SLIPWAY_COMMANDS_MAX", "3"),
            Map.entry("SLIPWAY_MODE", "production"),
            Map.entry(
                "SLIPWAY_AUDIT_WITNESSES", "https://witness.example witness.example+1a2b3c4d+BA=="),
            Map.entry("SLIPWAY_AUDIT_ANCHOR", "/srv/anchor.git"),
            Map.entry("SLIPWAY_AUDIT_ANCHOR_BRANCH", "seen"));
    assertThat(valid("", environment)).isEqualTo(everything());
  }

  @Test
  void variablesWinOverTheFile() {
    ServerConfig config =
        valid(
            EVERYTHING,
            Map.of("SLIPWAY_LIMITS_RISK_MAX", "3", "SLIPWAY_DATABASE_PASSWORD", "12345"));
    assertThat(config.ceilings().riskMax()).isEqualTo(3);
    assertThat(config.ceilings().coverageMin()).isEqualTo(0.9);
    assertThat(config.database().orElseThrow().password()).contains(new Secret.Written("12345"));
  }

  @Test
  void errorsNameTheLineOrTheVariable() {
    assertThat(
            errors(
                "version: 1\nlisten: {port: 99999}\nlimit: {}\n",
                Map.of(
                    "SLIPWAY_LIMITS_COVERAGE_MIN", "80",
                    "SLIPWAY_COMMANDS_MAX", "some",
                    "SLIPWAY_DATABASE_URI", "x",
                    "SLIPWAY_SERVICE_HOST", "10.0.0.1",
                    "SLIPWAY_HOME", "/srv/slipway")))
        .containsExactlyInAnyOrder(
            "environment: SLIPWAY_LIMITS_COVERAGE_MIN: expected a percentage from 0% to 100%, such"
                + " as 80% or 0.5%, not the text '80'; write 80%",
            "environment: SLIPWAY_COMMANDS_MAX: expected a whole number from 1 to 1000, not the"
                + " text 'some'",
            "environment: SLIPWAY_DATABASE_URI: is not a variable of Slipway's",
            "slipway.yml:2: listen.port: expected a port from 0 to 65535, not the number 99999",
            "slipway.yml:3: limit: unknown key; did you mean limits?");
  }

  @Test
  void whatBelongsTogetherIsMissed() {
    assertThat(
            errors("version: 1\ndatabase: {user: x, password: a, password_file: /p}\n", Map.of()))
        .containsExactly(
            "slipway.yml:2: database.password: stands beside password_file; expected one of the"
                + " two",
            "slipway.yml:2: database.url: is missing; expected jdbc:postgresql://host:port/name");
    assertThat(errors("version: 1\nmodel: {}\n", Map.of()))
        .anyMatch(error -> error.contains("model.id: is missing"))
        .anyMatch(error -> error.contains("model.api_key_env: is missing"));
    assertThat(errors("listen: {}\n", Map.of()))
        .containsExactly(
            "slipway.yml:1: version: is missing; expected the format's version, which is 1");
  }

  @Test
  void secretsAreNeverShown() {
    assertThat(valid(EVERYTHING, Map.of()).toString()).doesNotContain("hunter2").contains("•••");
    assertThat(
            errors(
                "version: 1\n"
                    + "database: {password: [s3cret], url:"
                    + " \"jdbc:postgresql://h/d?password=s3cret\", user: u}\n",
                Map.of("SLIPWAY_MODEL_API_KEY_ENV", "sk-ant-s3cret")))
        .hasSizeGreaterThanOrEqualTo(3)
        .noneMatch(error -> error.contains("s3cret"));
  }

  @Test
  void secretsAreReadWhenTheyAreNeeded(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("password");
    Secret secret = new Secret.FromFile(file);
    assertThatThrownBy(() -> secret.reveal(Map.of())).hasMessageContaining("cannot be read");
    Files.writeString(file, "hunter2\n");
    assertThat(secret.reveal(Map.of())).isEqualTo("hunter2");
    Files.writeString(file, "\n");
    assertThatThrownBy(() -> secret.reveal(Map.of())).hasMessageContaining("is empty");

    Secret variable = new Secret.FromVariable("KEY");
    assertThat(variable.reveal(Map.of("KEY", "k"))).isEqualTo("k");
    assertThatThrownBy(() -> variable.reveal(Map.of())).hasMessageContaining("KEY is not set");
  }

  @Test
  void aMissingFileIsAnEmptyOne(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("slipway.yml");
    assertThat(ServerConfigFile.read(file, Map.of())).isInstanceOf(Parsed.Valid.class);
    Files.writeString(file, "version: 2\n");
    assertThat(ServerConfigFile.read(file, Map.of()))
        .isEqualTo(
            new Parsed.Invalid<ServerConfig>(
                List.of(
                    new ConfigError(
                        file.toString(),
                        1,
                        "version",
                        "expected the format's version, which is 1, not the number 2"))));
  }
}

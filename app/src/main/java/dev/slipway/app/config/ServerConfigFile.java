package dev.slipway.app.config;

import dev.slipway.app.config.ServerConfig.Database;
import dev.slipway.app.config.ServerConfig.Listen;
import dev.slipway.app.config.ServerConfig.Model;
import dev.slipway.app.config.ServerConfig.SandboxMode;
import dev.slipway.app.config.ServerConfig.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the server's configuration: {@code slipway.yml} in Slipway's home, and environment
 * variables, which win. The format is published as the resource {@code
 * slipway-server-1.schema.json} and explained in {@code docs/configuration.md}.
 */
public final class ServerConfigFile {
  /** The file's name in Slipway's home. */
  public static final String NAME = "slipway.yml";

  private ServerConfigFile() {}

  /** Loading the schema takes a while, and not every run reads it. */
  private static final class Lazy {
    static final SchemaCheck SCHEMA = new SchemaCheck("slipway-server-1.schema.json");
  }

  /**
   * Reads the file where there is one, and the environment. Never throws for what they contain.
   *
   * @throws UncheckedIOException if the file is there and cannot be read
   */
  public static Parsed<ServerConfig> read(Path file, Map<String, String> environment) {
    if (!Files.exists(file)) {
      return parse(file.toString(), new byte[0], environment);
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] content = in.readNBytes(YamlReader.BYTES_MAX + 1);
      return parse(file.toString(), content, environment);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  /**
   * Reads the text and the environment.
   *
   * @param content empty where there is no file
   */
  public static Parsed<ServerConfig> parse(
      String file, byte[] content, Map<String, String> environment) {
    Errors errors = new Errors(file);
    Optional<YamlNode.Mapping> written =
        content.length == 0
            ? Optional.of(new YamlNode.Mapping(1, new LinkedHashMap<>()))
            : YamlReader.read(content, errors);
    if (written.isEmpty()) {
      return new Parsed.Invalid<>(errors.sorted());
    }
    boolean unversioned = content.length > 0 && !written.get().entries().containsKey("version");
    if (unversioned) {
      errors.add(1, "version", "is missing; expected the format's version, which is 1");
    }
    Variables variables = Variables.of(Lazy.SCHEMA.document(), environment);
    YamlNode.Mapping root = variables.over(written.get());
    Lazy.SCHEMA.check(root, errors);
    ServerConfig config = config(new View(root, "", errors));
    variables.unknown().forEach(name -> errors.add(0, name, "is not a variable of Slipway's"));
    return errors.any()
        ? new Parsed.Invalid<>(variables.named(errors.sorted()))
        : new Parsed.Valid<>(config);
  }

  private static ServerConfig config(View view) {
    return new ServerConfig(
        view.mapping("listen").map(ServerConfigFile::listen).orElse(Listen.DEFAULT),
        view.mapping("database").flatMap(ServerConfigFile::database),
        LimitsReader.ceilings(view.mapping("limits")),
        view.text("sandbox").filter("none"::equals).isPresent()
            ? SandboxMode.NONE
            : SandboxMode.BUBBLEWRAP,
        view.mapping("model").flatMap(ServerConfigFile::model),
        view.mapping("production").map(ProductionReader::read).orElse(ProductionConfig.DEFAULT),
        view.number("commands_max")
            .map(Number::intValue)
            .orElse(ServerConfig.DEFAULT.commandsMax()),
        view.text("mode").filter("production"::equals).isPresent()
            ? ServerConfig.Mode.PRODUCTION
            : ServerConfig.Mode.DEVELOPMENT,
        view.mapping("audit").map(ServerConfigFile::audit).orElse(ServerConfig.Audit.NONE));
  }

  private static ServerConfig.Audit audit(View view) {
    List<ServerConfig.Witness> witnesses =
        view.words("witnesses").stream()
            .map(text -> text.strip().split("\\s+", 2))
            .filter(parts -> parts.length == 2)
            .map(parts -> new ServerConfig.Witness(parts[0], parts[1]))
            .toList();
    Optional<ServerConfig.Anchor> anchor =
        view.text("anchor")
            .map(
                repository ->
                    new ServerConfig.Anchor(
                        repository, view.text("anchor_branch").orElse(ServerConfig.Anchor.BRANCH)));
    return new ServerConfig.Audit(
        witnesses,
        anchor,
        view.number("retention_years")
            .map(Number::intValue)
            .orElse(ServerConfig.Audit.RETENTION_YEARS));
  }

  private static Listen listen(View view) {
    return new Listen(
        view.text("address").orElse(Listen.DEFAULT.address()),
        view.number("port").map(Number::intValue).orElse(Listen.DEFAULT.port()));
  }

  private static Optional<Database> database(View view) {
    Optional<String> url = view.text("url");
    Optional<String> user = view.text("user");
    if (url.isEmpty() && !view.has("url")) {
      view.error("url", "is missing; expected jdbc:postgresql://host:port/name");
    }
    if (user.isEmpty() && !view.has("user")) {
      view.error("user", "is missing; expected the name of a database user");
    }
    if (view.has("password") && view.has("password_file")) {
      view.error("password", "stands beside password_file; expected one of the two");
    }
    if (url.map(each -> each.toLowerCase(Locale.ROOT))
        .filter(u -> u.contains("password="))
        .isPresent()) {
      view.error("url", "carries a password; expected it in password_file");
    }
    Optional<Secret> password =
        view.text("password")
            .<Secret>map(Secret.Written::new)
            .or(() -> view.text("password_file").map(Path::of).map(Secret.FromFile::new));
    return url.flatMap(u -> user.map(name -> new Database(u, name, password)));
  }

  private static Optional<Model> model(View view) {
    if (view.has("api_key_env") && view.has("api_key_file")) {
      view.error("api_key_env", "stands beside api_key_file; expected one of the two");
    }
    if (!view.has("id")) {
      view.error("id", "is missing; expected the id of a model, such as claude-sonnet-5-5");
    }
    Model.Provider provider =
        switch (view.text("provider").orElse("anthropic")) {
          case "bedrock" -> Model.Provider.BEDROCK;
          case "vertex" -> Model.Provider.VERTEX;
          default -> Model.Provider.ANTHROPIC;
        };
    Optional<Secret> key =
        view.text("api_key_env")
            .<Secret>map(Secret.FromVariable::new)
            .or(() -> view.text("api_key_file").map(Path::of).map(Secret.FromFile::new));
    if (provider == Model.Provider.ANTHROPIC && key.isEmpty() && !keyStated(view)) {
      view.error("api_key_env", "is missing; expected it or api_key_file: where the key is");
    }
    return view.text("id").map(id -> new Model(provider, id, view.text("base_url"), key));
  }

  private static boolean keyStated(View view) {
    return List.of("api_key_env", "api_key_file").stream().anyMatch(view::has);
  }
}

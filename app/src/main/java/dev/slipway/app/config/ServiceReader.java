package dev.slipway.app.config;

import dev.slipway.change.ServiceName;
import dev.slipway.policy.Thresholds;
import dev.slipway.project.Command;
import dev.slipway.project.Service;
import dev.slipway.project.Service.ArtifactSource;
import dev.slipway.project.Service.Kind;
import dev.slipway.project.Service.Secret;
import dev.slipway.project.Service.SecretUse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Makes a {@link Service} of its section. */
final class ServiceReader {
  /** The keys of a service, which the short form writes at the top level. */
  static final List<String> KEYS =
      List.of(
          "kind",
          "root",
          "paths",
          "depends_on",
          "build",
          "test",
          "run",
          "smoke",
          "integration",
          "staging",
          "production",
          "migrate",
          "secrets");

  private static final Duration BUILD_LIMIT = Duration.ofMinutes(10);
  private static final Duration TEST_LIMIT = Duration.ofMinutes(15);

  private final View view;
  private final String root;

  private ServiceReader(View view) {
    this.view = view;
    this.root = view.path("root").orElse(".");
  }

  static Service read(String name, View view, Thresholds project) {
    return new ServiceReader(view).service(new ServiceName(name), project);
  }

  private Service service(ServiceName name, Thresholds project) {
    Kind kind = kind();
    KindRules.check(kind, view);
    List<ServiceName> dependsOn =
        view.words("depends_on").stream()
            .filter(ProjectFile::isName)
            .distinct()
            .map(ServiceName::new)
            .toList();
    Optional<View> limits = view.mapping("production").flatMap(p -> p.mapping("limits"));
    return new Service(
        name,
        kind,
        root,
        paths(),
        dependsOn,
        view.mapping("build").flatMap(this::build),
        view.mapping("test").flatMap(this::tests),
        view.mapping("run").flatMap(ServiceReader::run),
        view.mapping("smoke").map(smoke -> SmokeReader.smoke(smoke, root)).orElse(SmokeReader.NONE),
        view.mapping("integration").flatMap(c -> command(c, root, TEST_LIMIT)),
        PlanReader.staging(view.mapping("staging")),
        PlanReader.production(view.mapping("production")),
        view.mapping("production").map(FreezeReader::read).orElse(List.of()),
        limits.map(l -> LimitsReader.service(l, project)).orElse(project),
        view.mapping("migrate").flatMap(c -> command(c, root, TEST_LIMIT)),
        secrets());
  }

  /** By default everything under the root, whose name is no glob. */
  private List<String> paths() {
    if (view.has("paths")) {
      return view.globs("paths");
    }
    String literal = root.replaceAll("[\\[\\]{}*?]", "\\\\$0");
    return List.of(root.equals(".") ? "**" : literal + "/**");
  }

  private Kind kind() {
    Optional<String> stated = view.text("kind");
    for (Kind kind : Kind.values()) {
      if (stated.filter(kind.label()::equals).isPresent()) {
        return kind;
      }
    }
    if (view.has("run")) {
      return Kind.HTTP;
    }
    if (view.has("build")) {
      return Kind.JOB;
    }
    return view.has("test") ? Kind.LIBRARY : Kind.NONE;
  }

  private Optional<Service.Build> build(View build) {
    if (build.has("artifact") == build.has("image")) {
      build.error("expected artifact (a file) or image, exactly one of them");
      return Optional.empty();
    }
    Optional<ArtifactSource> artifact =
        build
            .path("artifact")
            .<ArtifactSource>map(ArtifactSource.Path::new)
            .or(() -> build.text("image").map(ArtifactSource.Image::new));
    Optional<Command> command = command(build, root, BUILD_LIMIT);
    return artifact.map(source -> new Service.Build(command, source));
  }

  private Optional<Service.Tests> tests(View tests) {
    return command(tests, root, TEST_LIMIT)
        .map(command -> new Service.Tests(command, tests.globs("coverage"), tests.globs("junit")));
  }

  private static Optional<Service.Run> run(View run) {
    List<String> command = run.words("command");
    int instances =
        run.number("instances").filter(n -> n >= 1 && n <= 100).map(Long::intValue).orElse(1);
    String health = run.text("health").orElse("/health");
    return command.isEmpty()
        ? Optional.empty()
        : Optional.of(new Service.Run(command, run.textsByName("env"), health, instances));
  }

  /** The section's command; empty where there is none. */
  static Optional<Command> command(View section, String root, Duration limit) {
    List<String> argv = section.words("command");
    if (argv.isEmpty()) {
      return Optional.empty();
    }
    Command.Network network =
        section.truth("network").orElse(false) ? Command.Network.OPEN : Command.Network.NONE;
    Map<String, String> env = section.textsByName("env");
    List<String> caches = section.words("caches");
    return Optional.of(
        new Command(argv, env, root, network, caches, section.duration("limit").orElse(limit)));
  }

  private List<Secret> secrets() {
    List<Secret> secrets = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (View each : view.mappings("secrets")) {
      String name = each.text("name").orElse("");
      if (!names.add(name)) {
        each.error("name", "stands twice");
      }
      if (each.has("env") == each.has("file")) {
        each.error("expected env or file, exactly one of them: where the value is");
      }
      Optional<Secret.Source> source =
          each.text("env")
              .<Secret.Source>map(Secret.Source.FromEnvironment::new)
              .or(() -> each.text("file").map(Secret.Source.FromFile::new));
      List<SecretUse> uses =
          Arrays.stream(SecretUse.values())
              .filter(use -> each.words("for").contains(use.name().toLowerCase(Locale.ROOT)))
              .toList();
      source.ifPresent(from -> secrets.add(new Secret(name, from, uses)));
    }
    return secrets;
  }
}

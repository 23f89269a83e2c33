package dev.slipway.app.config;

import dev.slipway.change.Digest;
import dev.slipway.change.Environment;
import dev.slipway.change.ServiceName;
import dev.slipway.policy.Share;
import dev.slipway.policy.Thresholds;
import dev.slipway.policy.Thresholds.ModelUse;
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
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

/** Valid projects of every shape, from a seed. */
final class RandomProject {
  private static final List<String> TEXTS =
      List.of(
          "a",
          "x y",
          "true",
          "null",
          "1.0",
          "0x1F",
          "~",
          "- a",
          "#no",
          "a: b",
          "é→😀",
          "\"q\"",
          "'q'",
          "${PORT}",
          "|",
          "&a",
          "*a",
          "%",
          "@",
          "back\\slash",
          "tab\tinside",
          "1e5",
          "<<",
          "two\nlines",
          " spaces ",
          "exists");
  private static final List<String> METHODS =
      List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

  private final Random random;

  RandomProject(Random random) {
    this.random = random;
  }

  Project next() {
    Thresholds limits =
        new Thresholds(
            1 + random.nextInt(10),
            ratio(),
            ratio(),
            duration(),
            ratio(),
            random.nextInt(5),
            oneOf(ModelUse.values()));
    List<Service> services = new ArrayList<>();
    int count = 1 + random.nextInt(4);
    for (int i = 0; i < count; i++) {
      services.add(service("s" + i, services, limits));
    }
    Map<ServiceName, List<String>> consumers = new LinkedHashMap<>();
    services.stream()
        .filter(service -> random.nextInt(3) == 0)
        .forEach(service -> consumers.put(service.name(), many(this::singleLine)));
    return new Project(
        services,
        limits,
        many(this::glob),
        many(() -> "login" + random.nextInt(9)),
        many(this::glob),
        maybe(this::path),
        consumers,
        new Budget(
            random.nextInt(1_000_000),
            random.nextInt(500) / 100.0,
            duration(),
            1 + random.nextInt(9)),
        Digest.of(new byte[0]));
  }

  private Service service(String name, List<Service> earlier, Thresholds project) {
    Kind kind = oneOf(Kind.values());
    String root = random.nextBoolean() ? "." : path();
    boolean deployed = kind == Kind.HTTP || kind == Kind.WORKER;
    boolean built = deployed || kind == Kind.JOB;
    List<ServiceName> dependsOn =
        earlier.stream().map(Service::name).filter(each -> random.nextInt(3) == 0).toList();
    return new Service(
        new ServiceName(name),
        kind,
        root,
        some(this::glob),
        dependsOn,
        built ? Optional.of(build(root)) : Optional.empty(),
        kind == Kind.NONE ? Optional.empty() : maybe(() -> tests(root)),
        deployed ? Optional.of(run()) : Optional.empty(),
        built && random.nextBoolean() ? smoke(root) : Smoke.NONE,
        built ? maybe(() -> command(root)) : Optional.empty(),
        built && random.nextBoolean() ? staging() : StagingPlan.DEFAULT,
        built && random.nextBoolean() ? rollout() : RolloutPlan.DEFAULT,
        built ? many(this::freeze) : List.of(),
        built && random.nextBoolean() ? tighter(project) : project,
        built ? maybe(() -> command(root)) : Optional.empty(),
        secrets());
  }

  private Thresholds tighter(Thresholds project) {
    return project.tightenedBy(
        new Thresholds(10, 0, ratio(), duration(), ratio(), 1_000_000, ModelUse.OPTIONAL));
  }

  private Service.Build build(String root) {
    ArtifactSource source =
        random.nextBoolean()
            ? new ArtifactSource.Path(path())
            : new ArtifactSource.Image("registry.example/team/app:1." + random.nextInt(9));
    return new Service.Build(maybe(() -> command(root)), source);
  }

  private Service.Tests tests(String root) {
    return new Service.Tests(command(root), many(this::glob), many(this::glob));
  }

  private Service.Run run() {
    return new Service.Run(some(this::text), env(), urlPath(), 1 + random.nextInt(9));
  }

  private Smoke smoke(String root) {
    return new Smoke(many(this::check), maybe(() -> command(root)));
  }

  private Smoke.HttpCheck check() {
    Map<String, Expectation> json = new LinkedHashMap<>();
    many(() -> "$." + singleLine())
        .forEach(
            path ->
                json.put(
                    path,
                    random.nextBoolean()
                        ? new Expectation.Exists()
                        : new Expectation.Equals(
                            oneOf("3", "1.5", "\"é\"", "[1,{\"a\":null}]", "true", "\"3\""))));
    return new Smoke.HttpCheck(
        oneOf(METHODS.toArray(String[]::new)),
        urlPath(),
        headers(),
        maybe(this::text),
        100 + random.nextInt(500),
        headers(),
        json,
        duration());
  }

  private StagingPlan staging() {
    boolean recorded = random.nextInt(4) == 0;
    return new StagingPlan(
        duration(),
        1 + random.nextInt(1000) / 8.0,
        recorded ? List.of() : many(this::request),
        recorded ? Optional.of("load/traffic-" + random.nextInt(99)) : Optional.empty(),
        factors());
  }

  private StagingPlan.Request request() {
    return new StagingPlan.Request(
        oneOf(METHODS.toArray(String[]::new)), urlPath(), headers(), maybe(this::text));
  }

  private Factors factors() {
    Map<String, Double> byCause = new TreeMap<>();
    some(() -> byCause.put("cause-" + random.nextInt(99), (1 + random.nextInt(800)) / 8.0));
    return Factors.of(byCause);
  }

  private RolloutPlan rollout() {
    TreeSet<Share> shares = new TreeSet<>();
    many(() -> shares.add(new Share(1 + random.nextInt(9_999))));
    shares.add(Share.ALL);
    Duration window = duration();
    Duration step = duration();
    List<RolloutPlan.Step> steps = new ArrayList<>();
    for (Share share : shares) {
      steps.add(new RolloutPlan.Step(share, steps.isEmpty() ? window : step));
    }
    List<Environment> waves =
        some(() -> "wave-" + random.nextInt(99)).stream().distinct().map(Environment::new).toList();
    return new RolloutPlan(steps, waves);
  }

  private List<Secret> secrets() {
    List<Secret> secrets = new ArrayList<>();
    int count = random.nextInt(3);
    for (int i = 0; i < count; i++) {
      Secret.Source source =
          random.nextBoolean()
              ? new Secret.Source.FromEnvironment("VAR_" + i)
              : new Secret.Source.FromFile("/run/secrets/" + i);
      SecretUse use = oneOf(SecretUse.values());
      secrets.add(
          new Secret(
              "SECRET_" + i,
              source,
              random.nextBoolean() ? List.of(use) : List.of(SecretUse.values())));
    }
    return secrets;
  }

  private Command command(String root) {
    return new Command(
        some(this::text),
        env(),
        root,
        oneOf(Command.Network.values()),
        many(() -> "~/.cache/" + random.nextInt(9)),
        duration());
  }

  private Map<String, String> env() {
    Map<String, String> env = new LinkedHashMap<>();
    many(() -> env.put("VAR_" + random.nextInt(9), text()));
    return env;
  }

  private Map<String, String> headers() {
    Map<String, String> headers = new LinkedHashMap<>();
    many(() -> headers.put("x-" + random.nextInt(9), singleLine()));
    return headers;
  }

  private String text() {
    return TEXTS.get(random.nextInt(TEXTS.size()));
  }

  private String singleLine() {
    return text().replace("\n", " ").replace("\t", " ");
  }

  private String path() {
    return oneOf("a", "a/b.c", "target/x y.jar", ".hidden/é", "-dash");
  }

  private String glob() {
    return oneOf("**", "src/**", "*.sql", "**/{a,b}/*", "[ab]?.txt");
  }

  private String urlPath() {
    return oneOf("/", "/health", "/orders?x=1&y=é", "/a#b", "/%20");
  }

  private double ratio() {
    return random.nextInt(10_001) / 10_000.0;
  }

  private Freeze freeze() {
    String why = oneOf("", "year end", "x/y 16:00-18:00 Z");
    if (random.nextBoolean()) {
      Instant from = Instant.ofEpochSecond(1_700_000_000L + random.nextInt(100_000_000));
      return new Freeze.Once(from, from.plusSeconds(1 + random.nextInt(1_000_000)), why);
    }
    return new Freeze.Weekly(
        oneOf(DayOfWeek.values()),
        oneOf(DayOfWeek.values()),
        LocalTime.of(random.nextInt(24), random.nextInt(60)),
        LocalTime.of(random.nextInt(24), random.nextInt(60)),
        ZoneId.of(oneOf("UTC", "Europe/Berlin", "America/Argentina/Buenos_Aires")),
        why);
  }

  private Duration duration() {
    return Duration.ofMillis(1 + random.nextInt(5_000) * (long) oneOf(1, 1_000, 60_000).intValue());
  }

  private <T> Optional<T> maybe(Supplier<T> make) {
    return random.nextBoolean() ? Optional.of(make.get()) : Optional.empty();
  }

  private <T> List<T> many(Supplier<T> make) {
    List<T> list = new ArrayList<>();
    int count = random.nextInt(4);
    for (int i = 0; i < count; i++) {
      list.add(make.get());
    }
    return list;
  }

  private <T> List<T> some(Supplier<T> make) {
    List<T> list = new ArrayList<>(many(make));
    list.add(make.get());
    return list;
  }

  @SafeVarargs
  private <T> T oneOf(T... values) {
    return values[random.nextInt(values.length)];
  }
}

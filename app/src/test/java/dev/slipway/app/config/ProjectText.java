package dev.slipway.app.config;

import dev.slipway.change.Digest;
import dev.slipway.policy.Share;
import dev.slipway.policy.Thresholds;
import dev.slipway.project.Command;
import dev.slipway.project.Freeze;
import dev.slipway.project.Project;
import dev.slipway.project.RolloutPlan;
import dev.slipway.project.Service;
import dev.slipway.project.Service.ArtifactSource;
import dev.slipway.project.Service.Kind;
import dev.slipway.project.Service.Secret;
import dev.slipway.project.Smoke;
import dev.slipway.project.Smoke.Expectation;
import dev.slipway.project.StagingPlan;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Writes a project as the file it would be read from, independently of how it is read. */
final class ProjectText {
  private ProjectText() {}

  static Project withDigestOf(Project p, byte[] yaml) {
    return new Project(
        p.services(),
        p.limits(),
        p.sensitivePaths(),
        p.reviewers(),
        p.sarif(),
        p.guide(),
        p.consumers(),
        p.budget(),
        Digest.of(yaml));
  }

  static byte[] write(Project project) {
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("version", 1);
    Map<String, Object> services = new LinkedHashMap<>();
    project
        .services()
        .forEach(each -> services.put(each.name().value(), service(each, project.limits())));
    root.put("services", services);
    root.put("policy", policy(project));
    Map<String, Object> review = new LinkedHashMap<>();
    review.put("sarif", project.sarif());
    project.guide().ifPresent(guide -> review.put("guide", guide));
    Map<String, Object> consumers = new LinkedHashMap<>();
    project.consumers().forEach((name, list) -> consumers.put(name.value(), list));
    review.put("consumers", consumers);
    root.put("review", review);
    root.put(
        "budgets",
        Map.of(
            "tokens", project.budget().tokensMax(),
            "dollars", project.budget().dollarsMax(),
            "time", duration(project.budget().timeMax()),
            "attempts", project.budget().attemptsMax()));
    String text =
        new Dump(DumpSettings.builder().setDereferenceAliases(true).build()).dumpToString(root);
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static Map<String, Object> policy(Project project) {
    Thresholds limits = project.limits();
    Map<String, Object> policy = new LinkedHashMap<>(limits(limits));
    policy.put("risk_max", limits.riskMax());
    policy.put("coverage_min", percent(limits.coverageMin()));
    policy.put("flaky_tests_max", limits.flakyTestsMax());
    policy.put("model", limits.model().name().toLowerCase(Locale.ROOT));
    policy.put("sensitive_paths", project.sensitivePaths());
    policy.put("reviewers", project.reviewers());
    return policy;
  }

  private static Map<String, Object> limits(Thresholds limits) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("error_rate_max", percent(limits.errorRateMax()));
    map.put("latency_p99_max", duration(limits.latencyP99Max()));
    map.put("regression_tolerance", percent(limits.regressionTolerance()));
    return map;
  }

  private static Map<String, Object> service(Service service, Thresholds project) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("kind", service.kind().label());
    map.put("root", service.root());
    map.put("paths", service.paths());
    map.put("depends_on", service.dependsOn().stream().map(Object::toString).toList());
    service.build().ifPresent(build -> map.put("build", build(build)));
    service
        .tests()
        .ifPresent(
            tests -> {
              Map<String, Object> section = command(tests.command());
              section.put("coverage", tests.coverage());
              section.put("junit", tests.junit());
              map.put("test", section);
            });
    service.run().ifPresent(run -> map.put("run", run(run)));
    if (service.kind() != Kind.LIBRARY && service.kind() != Kind.NONE) {
      map.put("smoke", smoke(service.smoke()));
      service.integration().ifPresent(command -> map.put("integration", command(command)));
      map.put("staging", staging(service.staging()));
      map.put("production", production(service, project));
      service.migrate().ifPresent(command -> map.put("migrate", command(command)));
    }
    map.put("secrets", service.secrets().stream().map(ProjectText::secret).toList());
    return map;
  }

  private static Map<String, Object> build(Service.Build build) {
    Map<String, Object> map =
        build.command().map(ProjectText::command).orElseGet(LinkedHashMap::new);
    switch (build.artifact()) {
      case ArtifactSource.Path(String path) -> map.put("artifact", path);
      case ArtifactSource.Image(String reference) -> map.put("image", reference);
    }
    return map;
  }

  private static Map<String, Object> run(Service.Run run) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("command", run.command());
    map.put("env", run.env());
    map.put("health", run.health());
    map.put("instances", run.instances());
    return map;
  }

  private static Map<String, Object> command(Command command) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("command", command.argv());
    map.put("env", command.env());
    map.put("network", command.network() == Command.Network.OPEN);
    map.put("caches", command.caches());
    map.put("limit", duration(command.limit()));
    return map;
  }

  private static Map<String, Object> smoke(Smoke smoke) {
    Map<String, Object> map =
        smoke.command().map(ProjectText::command).orElseGet(LinkedHashMap::new);
    map.put("http", smoke.http().stream().map(ProjectText::check).toList());
    return map;
  }

  private static Map<String, Object> check(Smoke.HttpCheck check) {
    Map<String, Object> map = request(check.method(), check.path(), check.headers(), check.body());
    map.put("status", check.status());
    map.put("headers", check.expectHeaders());
    Map<String, Object> json = new LinkedHashMap<>();
    check
        .json()
        .forEach(
            (path, expectation) ->
                json.put(
                    path,
                    switch (expectation) {
                      case Expectation.Exists() -> "exists";
                      case Expectation.Equals(String value) ->
                          new Load(LoadSettings.builder().build()).loadFromString(value);
                    }));
    map.put("json", json);
    map.put("within", duration(check.within()));
    return map;
  }

  private static Map<String, Object> request(
      String method, String path, Map<String, String> headers, Optional<String> body) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put(method.toLowerCase(Locale.ROOT), path);
    map.put("request_headers", headers);
    body.ifPresent(text -> map.put("body", text));
    return map;
  }

  private static Map<String, Object> staging(StagingPlan staging) {
    String rate = BigDecimal.valueOf(staging.requestsPerSecond()).toPlainString() + "/s";
    List<Map<String, Object>> requests =
        staging.requests().stream()
            .map(each -> request(each.method(), each.path(), each.headers(), each.body()))
            .toList();
    Map<String, Object> load = new LinkedHashMap<>();
    load.put("rate", rate);
    staging
        .recording()
        .ifPresentOrElse(path -> load.put("recording", path), () -> load.put("requests", requests));
    return Map.of(
        "measure",
        duration(staging.measure()),
        "load",
        load,
        "factors",
        staging.factors().byCause());
  }

  private static Map<String, Object> production(Service service, Thresholds project) {
    RolloutPlan plan = service.production();
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("window", duration(plan.steps().getFirst().watch()));
    map.put("step", duration(plan.steps().getLast().watch()));
    map.put("ramp", plan.steps().stream().map(step -> share(step.share())).toList());
    map.put("waves", plan.waves().stream().map(Object::toString).toList());
    map.put("freezes", service.freezes().stream().map(ProjectText::freeze).toList());
    if (!service.limits().equals(project)) {
      map.put("limits", limits(service.limits()));
    }
    return map;
  }

  private static String freeze(Freeze freeze) {
    String when =
        switch (freeze) {
          case Freeze.Once once -> once.from() + "/" + once.to();
          case Freeze.Weekly weekly ->
              "%s-%s %s-%s %s"
                  .formatted(
                      day(weekly.first()),
                      day(weekly.last()),
                      weekly.from(),
                      weekly.to(),
                      weekly.zone());
        };
    return (when + " " + freeze.why()).strip();
  }

  private static String day(DayOfWeek day) {
    return day.name().substring(0, 3).toLowerCase(Locale.ROOT);
  }

  private static Map<String, Object> secret(Secret secret) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("name", secret.name());
    switch (secret.source()) {
      case Secret.Source.FromEnvironment(String variable) -> map.put("env", variable);
      case Secret.Source.FromFile(String path) -> map.put("file", path);
    }
    map.put("for", secret.uses().stream().map(use -> use.name().toLowerCase(Locale.ROOT)).toList());
    return map;
  }

  private static String share(Share share) {
    return BigDecimal.valueOf(share.basisPoints(), 2).toPlainString() + "%";
  }

  private static String percent(double ratio) {
    return BigDecimal.valueOf(ratio).movePointRight(2).toPlainString() + "%";
  }

  private static String duration(Duration duration) {
    return duration.toMillis() + "ms";
  }
}

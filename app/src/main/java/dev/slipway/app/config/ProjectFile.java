package dev.slipway.app.config;

import dev.slipway.change.Digest;
import dev.slipway.change.ServiceName;
import dev.slipway.policy.Thresholds;
import dev.slipway.project.Budget;
import dev.slipway.project.Project;
import dev.slipway.project.Service;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads {@code .slipway.yml}, version 1. The format is published as the resource {@code
 * slipway-1.schema.json} and explained in {@code docs/configuration.md}.
 */
public final class ProjectFile {
  /** The file's name in the root of a repository. */
  public static final String NAME = ".slipway.yml";

  private static final String SERVICE = "service";
  private static final String SERVICES = "services";

  private ProjectFile() {}

  /** Loading the schema takes a while, and not every run reads a project. */
  private static final class Lazy {
    static final SchemaCheck SCHEMA = new SchemaCheck("slipway-1.schema.json");
  }

  /**
   * Reads the file. Never throws for what the content is: everything that is wrong is in the
   * result, in the order of its lines.
   *
   * @param file how errors name the file
   */
  public static Parsed<Project> parse(String file, byte[] content) {
    Errors errors = new Errors(file);
    Optional<Project> project =
        YamlReader.read(content, errors).flatMap(root -> read(root, content, errors));
    return errors.any() || project.isEmpty()
        ? new Parsed.Invalid<>(errors.sorted())
        : new Parsed.Valid<>(project.get());
  }

  private static Optional<Project> read(YamlNode.Mapping root, byte[] content, Errors errors) {
    Lazy.SCHEMA.check(root, errors);
    View view = new View(root, "", errors);
    Optional<View> policy = view.mapping("policy");
    Optional<View> review = view.mapping("review");
    Thresholds limits = LimitsReader.project(policy);
    List<Service> services = ServiceOrder.of(services(view, limits), view);
    Project project =
        new Project(
            services,
            limits,
            policy.map(p -> p.globs("sensitive_paths")).orElse(List.of()),
            policy.map(p -> p.words("reviewers")).orElse(List.of()),
            review.map(r -> r.globs("sarif")).orElse(List.of()),
            review.flatMap(r -> r.path("guide")),
            review
                .flatMap(r -> r.mapping("consumers"))
                .map(c -> consumers(c, view))
                .orElse(Map.of()),
            view.mapping("budgets").map(ProjectFile::budget).orElse(Budget.DEFAULT),
            Digest.of(content));
    return Optional.of(project);
  }

  /** Either many services by name, or one whose keys stand beside its name. */
  private static List<Service> services(View view, Thresholds limits) {
    if (view.has(SERVICE) && view.has(SERVICES)) {
      view.error(SERVICE, "stands beside services; expected one of the two");
      return List.of();
    }
    List<Service> services = new ArrayList<>();
    if (view.has(SERVICE)) {
      view.text(SERVICE)
          .filter(ProjectFile::isName)
          .ifPresent(name -> services.add(ServiceReader.read(name, view, limits)));
      return services;
    }
    if (!view.has(SERVICES)) {
      view.error(SERVICES, "is missing; expected services, or service for a repository with one");
    }
    for (String key : ServiceReader.KEYS) {
      if (view.has(key)) {
        view.error(key, "belongs to a service; expected under services.NAME, or beside service");
      }
    }
    Optional<View> named = view.mapping(SERVICES);
    named.ifPresent(
        all ->
            all.node().entries().keySet().stream()
                .filter(ProjectFile::isName)
                .forEach(
                    name ->
                        all.mapping(name)
                            .ifPresent(
                                one -> services.add(ServiceReader.read(name, one, limits)))));
    return services;
  }

  static boolean isName(String text) {
    return text.matches("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
  }

  private static Map<ServiceName, List<String>> consumers(View consumers, View root) {
    Map<ServiceName, List<String>> byService = new LinkedHashMap<>();
    for (String name : consumers.node().entries().keySet()) {
      boolean known =
          root.mapping(SERVICES).map(services -> services.has(name)).orElse(false)
              || root.text(SERVICE).filter(name::equals).isPresent();
      if (!known) {
        consumers.error(name, "there is no service of this name");
      } else if (isName(name)) {
        byService.put(new ServiceName(name), consumers.words(name));
      }
    }
    return byService;
  }

  private static Budget budget(View view) {
    Budget standard = Budget.DEFAULT;
    return new Budget(
        view.number("tokens").filter(n -> n >= 0).orElse(standard.tokensMax()),
        view.decimal("dollars")
            .map(Number::doubleValue)
            .filter(dollars -> dollars >= 0)
            .orElse(standard.dollarsMax()),
        view.duration("time").orElse(standard.timeMax()),
        view.number("attempts")
            .filter(n -> n >= 1 && n <= 100)
            .map(Long::intValue)
            .orElse(standard.attemptsMax()));
  }
}

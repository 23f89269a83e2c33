package dev.slipway.project;

import dev.slipway.change.Environment;
import dev.slipway.change.ServiceName;
import dev.slipway.policy.Thresholds;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One service of a project.
 *
 * @param kind decides which gates apply
 * @param root its directory, relative to the repository's root; {@code .} is the root. Its commands
 *     run there, and the paths of artifact and reports are relative to it
 * @param paths globs of the files that belong to it, relative to the repository's root
 * @param dependsOn services that are built and released before it
 * @param build how its artifact is made; present for everything that is deployed
 * @param run how the artifact runs; present for {@link Kind#HTTP} and {@link Kind#WORKER}
 * @param integration a command given {@code ${BASE_URL}} of staging
 * @param freezes when nothing new of it goes to production of itself
 * @param limits the project's thresholds, tightened by the service's own
 * @param migrate brings the database to the version the artifact needs
 * @param secrets names of secrets with where they come from; handed out per stage as declared
 */
public record Service(
    ServiceName name,
    Kind kind,
    String root,
    List<String> paths,
    List<ServiceName> dependsOn,
    Optional<Build> build,
    Optional<Tests> tests,
    Optional<Run> run,
    Smoke smoke,
    Optional<Command> integration,
    StagingPlan staging,
    RolloutPlan production,
    List<Freeze> freezes,
    Thresholds limits,
    Optional<Command> migrate,
    List<Secret> secrets) {

  /** What sort of thing it is. */
  public enum Kind {
    /** Serves HTTP: every gate applies. */
    HTTP,
    /** Runs without being called: no traffic to split, so no canary. */
    WORKER,
    /** Runs to its end: built and tested, and its artifact published. */
    JOB,
    /** Used by other code: reviewed and tested. */
    LIBRARY,
    /** Nothing to build: reviewed only. */
    NONE;

    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public Service {
    paths = List.copyOf(paths);
    dependsOn = List.copyOf(dependsOn);
    freezes = List.copyOf(freezes);
    secrets = List.copyOf(secrets);
  }

  /**
   * How the artifact is made, once.
   *
   * @param command empty where nothing has to be done: the file is in the tree, the image exists
   * @param artifact path of the file the command leaves, or the image it names
   */
  public record Build(Optional<Command> command, ArtifactSource artifact) {}

  /** Where the artifact comes from. */
  public sealed interface ArtifactSource {
    /** A file that the build leaves at this path, relative to the service's root. */
    record Path(String path) implements ArtifactSource {}

    /** An image that exists already, by digest or by a tag that is resolved once. */
    record Image(String reference) implements ArtifactSource {}
  }

  /**
   * How the tests run and where their reports are left (globs).
   *
   * @param coverage JaCoCo, Cobertura, LCOV or Go cover profiles
   * @param junit JUnit XML reports
   */
  public record Tests(Command command, List<String> coverage, List<String> junit) {
    public Tests {
      coverage = List.copyOf(coverage);
      junit = List.copyOf(junit);
    }
  }

  /**
   * How the artifact runs. In arguments and values, {@code ${ARTIFACT}} and {@code ${PORT}} stand
   * for the artifact's file and the port to listen on.
   *
   * @param health path that answers 2xx when the instance is ready; not asked of a worker
   * @param instances how many instances of the stable version run
   */
  public record Run(List<String> command, Map<String, String> env, String health, int instances) {
    public Run {
      command = List.copyOf(command);
      env = Ordered.copyOf(env);
    }
  }

  /**
   * A secret by reference: its value is looked up when it is handed out, and never kept.
   *
   * @param name the environment variable under which it is handed out
   */
  public record Secret(String name, Source source, List<SecretUse> uses) {
    public Secret {
      uses = List.copyOf(uses);
    }

    /** Where the value is. */
    public sealed interface Source {
      record FromEnvironment(String variable) implements Source {}

      record FromFile(String path) implements Source {}
    }
  }

  /** What a secret may be handed to. */
  public enum SecretUse {
    BUILD,
    STAGING,
    PRODUCTION;

    /** The use of what runs in the environment: there may be many of production. */
    public static SecretUse in(Environment environment) {
      return environment.equals(Environment.STAGING) ? STAGING : PRODUCTION;
    }
  }
}

package dev.slipway.app.init;

import dev.slipway.app.init.Draft.Access;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Gradle projects. Build files are programs: what is found here is what their text says plainly.
 */
final class Gradle {
  private static final Pattern INCLUDE =
      Pattern.compile("(?m)^\\s*include\\s*\\(?([^\\n)]{1,2000})");
  private static final Pattern QUOTED = Pattern.compile("[\"']:?([A-Za-z0-9_./:-]{1,200})[\"']");
  private static final Pattern ROOT_NAME =
      Pattern.compile("rootProject\\.name\\s*=\\s*[\"']([A-Za-z0-9_.-]{1,100})[\"']");
  private static final Pattern VERSION =
      Pattern.compile("(?m)^\\s*version\\s*=\\s*[\"']?([A-Za-z0-9_.-]{1,100})[\"']?\\s*$");

  private final Folder folder;
  private final Machine machine;
  private final String settings;

  private Gradle(Folder folder, Machine machine) {
    this.folder = folder;
    this.machine = machine;
    this.settings = script(folder, "settings").orElse("");
  }

  private static Optional<String> script(Folder folder, String name) {
    return folder.text(name + ".gradle").or(() -> folder.text(name + ".gradle.kts"));
  }

  /** The services of the folder; empty if it has no Gradle build. */
  static List<Draft> drafts(Folder folder, Machine machine) {
    boolean gradle = script(folder, "build").isPresent() || script(folder, "settings").isPresent();
    return gradle ? new Gradle(folder, machine).drafts() : List.of();
  }

  private List<Draft> drafts() {
    List<String> projects = projects();
    List<String> runnable = projects.stream().filter(each -> launch(each).isPresent()).toList();
    if (projects.size() == 1 || runnable.size() <= 1) {
      return List.of(whole(runnable));
    }
    return runnable.stream().map(this::one).toList();
  }

  /** Directories of the projects below the folder; {@code .} for the root project. */
  private List<String> projects() {
    List<String> projects = new ArrayList<>(List.of("."));
    Matcher include = INCLUDE.matcher(settings);
    while (include.find()) {
      Matcher name = QUOTED.matcher(include.group(1));
      while (name.find()) {
        String directory = name.group(1).replace(':', '/');
        if (!directory.contains("..") && script(folder.in(directory), "build").isPresent()) {
          projects.add(directory);
        }
      }
    }
    return projects;
  }

  private Draft whole(List<String> runnable) {
    Draft.Builder draft = new Draft.Builder(name("."), "Gradle (build.gradle)", folder.name());
    runnable.forEach(project -> deploy(draft, project));
    test(draft, ".");
    return draft.draft();
  }

  private Draft one(String project) {
    Draft.Builder draft =
        new Draft.Builder(name(project), "Gradle project " + project, folder.name());
    deploy(draft, project);
    test(draft, project);
    draft.note(
        "the paths of " + project + " are the whole build: name those it does not need less");
    return draft.draft();
  }

  private String name(String project) {
    if (!project.equals(".")) {
      return project.substring(project.lastIndexOf('/') + 1);
    }
    Matcher matcher = ROOT_NAME.matcher(settings);
    return matcher.find() ? matcher.group(1) : folder.label();
  }

  private record Launch(String task, String artifact, List<String> command, SourceClues clues) {}

  private Optional<Launch> launch(String project) {
    Folder source = project.equals(".") ? folder : folder.in(project);
    String build = script(source, "build").orElse("");
    String base = (project.equals(".") ? "" : project + "/") + "build/";
    String name = name(project) + version(build);
    SourceClues clues = SourceClues.of(source);
    if (build.contains("org.springframework.boot")) {
      Optional<String> health =
          build.contains("actuator") ? Optional.of("/actuator/health") : Optional.empty();
      return Optional.of(
          new Launch(
              "bootJar",
              base + "libs/" + name + ".jar",
              List.of("java", "-jar", "${ARTIFACT}", "--server.port=${PORT}"),
              clues.served(health)));
    }
    if (build.contains("com.github.johnrengelman.shadow")
        || build.contains("com.gradleup.shadow")) {
      return Optional.of(
          new Launch(
              "shadowJar",
              base + "libs/" + name + "-all.jar",
              List.of("java", "-jar", "${ARTIFACT}"),
              clues));
    }
    if (Pattern.compile("\\bapplication\\b").matcher(build).find()) {
      return Optional.of(
          new Launch(
              "distTar",
              base + "distributions/" + name + ".tar",
              List.of(
                  "sh",
                  "-c",
                  "tar -xf \"$0\" && exec \"./$1/bin/$2\"",
                  "${ARTIFACT}",
                  name,
                  name(project)),
              clues));
    }
    return Optional.empty();
  }

  private String version(String build) {
    Matcher own = VERSION.matcher(build);
    if (own.find()) {
      return "-" + own.group(1);
    }
    Matcher shared = VERSION.matcher(folder.text("gradle.properties").orElse(""));
    return shared.find() ? "-" + shared.group(1) : "";
  }

  private void deploy(Draft.Builder draft, String project) {
    Launch launch = launch(project).orElseThrow();
    String task =
        (project.equals(".") ? ":" : ":" + project.replace('/', ':') + ":") + launch.task();
    draft.build(new Draft.Build(gradle(task), launch.artifact(), access()));
    draft.run(new Draft.Run(launch.command(), launch.clues()));
  }

  private void test(Draft.Builder draft, String project) {
    boolean one = !project.equals(".");
    String prefix = one ? project + "/" : projects().size() > 1 ? "**/" : "";
    String task = one ? ":" + project.replace('/', ':') + ":" : "";
    String build = script(one ? folder.in(project) : folder, "build").orElse("") + settings;
    boolean jacoco = build.contains("jacoco");
    if (!jacoco) {
      draft.note(
          "coverage is not measured: apply the plugin jacoco in build.gradle, with"
              + " jacocoTestReport { reports { xml.required = true } }, and add the task"
              + " jacocoTestReport to the test command");
    } else if (!build.contains("xml.required")) {
      draft.note("JaCoCo's XML report may be off: set xml.required = true in jacocoTestReport");
    }
    List<String> tasks =
        jacoco ? List.of(task + "test", task + "jacocoTestReport") : List.of(task + "test");
    draft.tests(
        new Draft.Tests(
            gradle(tasks.toArray(String[]::new)),
            jacoco ? List.of(prefix + "build/reports/jacoco/test/jacocoTestReport.xml") : List.of(),
            List.of(prefix + "build/test-results/test/*.xml"),
            access()));
  }

  private List<String> gradle(String... tasks) {
    List<String> options =
        machine.hasGradleCache() ? List.of("--no-daemon", "--offline") : List.of("--no-daemon");
    return Stream.of(
            List.of(folder.has("gradlew") ? "./gradlew" : "gradle"), options, List.of(tasks))
        .flatMap(List::stream)
        .toList();
  }

  private Access access() {
    return Machine.access(machine.hasGradleCache(), "~/.gradle");
  }
}

package dev.slipway.app.init;

import dev.slipway.app.init.Draft.Access;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Maven projects: of one module, or of many of which each that can run is a service. */
final class Maven {
  private static final int MODULES_MAX = 200;

  private final Folder folder;
  private final Machine machine;
  private final Pom parent;

  /** Modules by their directory below the folder; {@code .} for the project itself. */
  private final Map<String, Pom> modules = new LinkedHashMap<>();

  private Maven(Folder folder, Machine machine, Pom parent) {
    this.folder = folder;
    this.machine = machine;
    this.parent = parent;
    collect(".", parent);
  }

  private void collect(String directory, Pom pom) {
    if (modules.size() >= MODULES_MAX || modules.putIfAbsent(directory, pom) != null) {
      return;
    }
    for (String module : pom.modules()) {
      String path = directory.equals(".") ? module : directory + "/" + module;
      if (!path.contains("..")) {
        Pom.of(folder.in(path)).ifPresent(found -> collect(path, found));
      }
    }
  }

  private Pom pom(String directory) {
    return Objects.requireNonNull(modules.get(directory), directory);
  }

  /** The services of the folder; empty if it has no {@code pom.xml} that can be read. */
  static List<Draft> drafts(Folder folder, Machine machine) {
    return Pom.of(folder).map(pom -> new Maven(folder, machine, pom).drafts()).orElse(List.of());
  }

  private List<Draft> drafts() {
    if (modules.size() == 1) {
      return List.of(single());
    }
    List<String> runnable =
        modules.keySet().stream().filter(each -> launch(each).isPresent()).toList();
    if (runnable.size() <= 1) {
      return List.of(reactor(runnable));
    }
    List<Draft> drafts = new ArrayList<>();
    Set<String> used = new LinkedHashSet<>();
    for (String module : runnable) {
      drafts.add(module(module));
      used.addAll(needed(module));
    }
    List<String> rest =
        modules.keySet().stream()
            .filter(each -> !used.contains(each))
            .filter(each -> !pom(each).packaging().equals("pom"))
            .toList();
    if (!rest.isEmpty()) {
      drafts.add(libraries(rest));
    }
    return drafts;
  }

  private Draft single() {
    Draft.Builder draft = new Draft.Builder(parent.artifactId(), "Maven (pom.xml)", folder.name());
    launch(".").ifPresent(launch -> deploy(draft, launch, List.of("package")));
    test(draft, List.of(), List.of(""));
    return draft.draft();
  }

  /** Many modules of which at most one runs: one service that is all of them. */
  private Draft reactor(List<String> runnable) {
    Draft.Builder draft =
        new Draft.Builder(
            parent.artifactId(), "Maven, " + modules.size() + " modules", folder.name());
    runnable.forEach(module -> deploy(draft, launch(module).orElseThrow(), List.of("package")));
    test(draft, List.of(), List.of("**/"));
    return draft.draft();
  }

  private Draft module(String module) {
    List<String> select = List.of("-pl", module, "-am");
    Draft.Builder draft =
        new Draft.Builder(pom(module).artifactId(), "Maven module " + module, folder.name());
    draft.paths(paths(needed(module)));
    deploy(draft, launch(module).orElseThrow(), concat(select, List.of("package")));
    test(draft, select, needed(module).stream().map(each -> each + "/").toList());
    return draft.draft();
  }

  private Draft libraries(List<String> rest) {
    List<String> select = List.of("-pl", String.join(",", rest), "-am");
    Draft.Builder draft =
        new Draft.Builder(
            parent.artifactId() + "-libraries", "Maven modules nothing runs", folder.name());
    draft.paths(paths(rest));
    test(draft, select, rest.stream().map(each -> each + "/").toList());
    return draft.draft();
  }

  /** The module and the modules it depends on, by directory. */
  private List<String> needed(String module) {
    Set<String> needed = new LinkedHashSet<>();
    needed.add(module);
    for (boolean grown = true; grown; ) {
      List<String> ids =
          needed.stream().flatMap(each -> pom(each).dependencies().stream()).toList();
      grown =
          needed.addAll(
              modules.entrySet().stream()
                  .filter(each -> ids.contains(each.getValue().artifactId()))
                  .map(Map.Entry::getKey)
                  .toList());
    }
    needed.remove(".");
    return needed.isEmpty() ? List.of(module) : List.copyOf(needed);
  }

  private List<String> paths(List<String> directories) {
    return Stream.concat(
            directories.stream().map(each -> folder.globOf(Folder.glob(each) + "/**")),
            Stream.of(folder.globOf("pom.xml"), folder.globOf(".mvn/**")))
        .toList();
  }

  /** How a module runs: the artifact below the folder, and the command. */
  private record Launch(
      String artifact, List<String> command, SourceClues clues, List<String> flags) {}

  private Optional<Launch> launch(String module) {
    Pom pom = pom(module);
    boolean jar = !pom.packaging().equals("pom") && !pom.packaging().equals("war");
    if (!jar || !Folder.isPlain(pom.finalName())) {
      return Optional.empty();
    }
    Folder source = module.equals(".") ? folder : folder.in(module);
    String target = (module.equals(".") ? "" : module + "/") + "target/" + pom.finalName();
    SourceClues clues = SourceClues.of(source);
    List<String> java = List.of("java", "-jar", "${ARTIFACT}");
    if (pom.plugin("spring-boot-maven-plugin").isPresent()) {
      Optional<String> health =
          pom.mentions("spring-boot-starter-actuator")
              ? Optional.of("/actuator/health")
              : Optional.empty();
      boolean web =
          pom.mentions("spring-boot-starter-web") || clues.http() == SourceClues.Http.SERVED;
      return Optional.of(
          web
              ? new Launch(
                  target + ".jar",
                  concat(java, List.of("--server.port=${PORT}")),
                  clues.served(health),
                  List.of())
              : new Launch(target + ".jar", java, clues, List.of()));
    }
    if (pom.plugin("quarkus-maven-plugin").isPresent()) {
      return Optional.of(
          new Launch(
              target + "-runner.jar",
              List.of("java", "-Dquarkus.http.port=${PORT}", "-jar", "${ARTIFACT}"),
              clues.served(Optional.empty()),
              List.of("-Dquarkus.package.jar.type=uber-jar")));
    }
    return plainJar(pom, source, target, clues);
  }

  private static Optional<Launch> plainJar(
      Pom pom, Folder source, String target, SourceClues clues) {
    List<String> java = List.of("java", "-jar", "${ARTIFACT}");
    if (pom.plugin("maven-shade-plugin").isPresent()) {
      return Optional.of(new Launch(target + ".jar", java, clues, List.of()));
    }
    if (pom.plugin("maven-assembly-plugin").isPresent() && pom.mentions("jar-with-dependencies")) {
      return Optional.of(new Launch(target + "-jar-with-dependencies.jar", java, clues, List.of()));
    }
    if (!pom.dependencies().isEmpty()) {
      return Optional.empty();
    }
    boolean manifest =
        pom.plugin("maven-jar-plugin").flatMap(jar -> Pom.anywhere(jar, "mainClass")).isPresent();
    if (manifest) {
      return Optional.of(new Launch(target + ".jar", java, clues, List.of()));
    }
    List<String> mains = JavaMains.of(source);
    return mains.size() == 1
        ? Optional.of(
            new Launch(
                target + ".jar",
                List.of("java", "-cp", "${ARTIFACT}", mains.getFirst()),
                clues,
                List.of()))
        : Optional.empty();
  }

  private void deploy(Draft.Builder draft, Launch launch, List<String> goals) {
    List<String> command =
        Stream.of(maven(isOffline()), launch.flags(), List.of("-q", "-DskipTests"), goals)
            .flatMap(List::stream)
            .toList();
    draft.build(new Draft.Build(command, launch.artifact(), access(isOffline())));
    draft.run(new Draft.Run(launch.command(), launch.clues()));
  }

  private void test(Draft.Builder draft, List<String> select, List<String> directories) {
    boolean tested =
        modules.entrySet().stream()
            .anyMatch(
                each ->
                    each.getValue().mentions("<testSourceDirectory>")
                        || folder.in(each.getKey()).hasDirectory("src/test"));
    if (!tested) {
      draft.note("there are no tests in src/test: until there are, every change asks a person");
    }
    boolean jacoco = modules.values().stream().anyMatch(pom -> pom.mentions("jacoco-maven-plugin"));
    boolean reports = modules.values().stream().anyMatch(pom -> pom.mentions("<goal>report"));
    boolean offline = isOffline() && (jacoco || machine.hasJacoco());
    List<String> goals =
        jacoco
            ? reports ? List.of("verify") : List.of("verify", "jacoco:report")
            : List.of(Machine.JACOCO + ":prepare-agent", "verify", Machine.JACOCO + ":report");
    fixedAgentLine(draft);
    draft.tests(
        new Draft.Tests(
            concat(concat(maven(offline), select), goals),
            directories.stream().map(each -> each + "target/site/jacoco/jacoco.xml").toList(),
            directories.stream().map(each -> each + "target/surefire-reports/*.xml").toList(),
            access(offline)));
  }

  private void fixedAgentLine(Draft.Builder draft) {
    boolean fixed =
        modules.values().stream()
            .anyMatch(pom -> pom.mentions("<argLine>") && !pom.mentions("{argLine}"));
    if (fixed) {
      draft.note(
          "Surefire's <argLine> in pom.xml replaces JaCoCo's agent: write <argLine>@{argLine} …,"
              + " or coverage stays empty");
    }
  }

  private boolean isOffline() {
    return machine.hasMavenRepository() && (!folder.has("mvnw") || machine.hasMavenWrapper());
  }

  private List<String> maven(boolean offline) {
    String program = folder.has("mvnw") ? "./mvnw" : "mvn";
    return offline ? List.of(program, "-o", "-B") : List.of(program, "-B");
  }

  private static Access access(boolean offline) {
    return Machine.access(offline, "~/.m2");
  }

  private static List<String> concat(List<String> first, List<String> second) {
    return Stream.of(first, second).flatMap(List::stream).toList();
  }
}

package dev.slipway.app.init;

import dev.slipway.app.init.Draft.Access;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Go modules: the main package in the root, or each under {@code cmd}, is a service. */
final class Go {
  private static final Pattern MODULE = Pattern.compile("(?m)^module\\s+(\\S{1,500})");
  private static final Pattern MAIN = Pattern.compile("(?m)^package main$");

  /** The kept artifact is a plain file: what runs is a copy that may be executed. */
  private static final List<String> RUN =
      List.of(
          "sh", "-c", "cp \"$0\" ./service && chmod +x ./service && exec ./service", "${ARTIFACT}");

  /** Words that follow, such as {@code -run}, are for {@code go test}. */
  private static final List<String> TEST =
      List.of(
          "sh",
          "-c",
          "go test -json -coverprofile=coverage.out -coverpkg=./... \"$@\" ./... > go-test.json",
          "go-test");

  private final Folder folder;
  private final Access access;
  private final String name;

  private Go(Folder folder, Machine machine, String manifest) {
    this.folder = folder;
    Matcher module = MODULE.matcher(manifest);
    String path = module.find() ? module.group(1).replaceFirst("/v[0-9]+$", "") : folder.label();
    this.name = path.substring(path.lastIndexOf('/') + 1);
    this.access = access(machine, manifest);
  }

  private Access access(Machine machine, String manifest) {
    String[] caches = {"~/go", "~/.cache/go-build"};
    boolean alone = !manifest.contains("require") || folder.hasDirectory("vendor");
    if (alone || machine.hasGoModules()) {
      return Access.caches(caches).with(Map.of("GOPROXY", "off", "GOFLAGS", "-buildvcs=false"));
    }
    return Access.network(caches).with(Map.of("GOFLAGS", "-buildvcs=false"));
  }

  /** The services of the folder; empty if it has no {@code go.mod}. */
  static List<Draft> drafts(Folder folder, Machine machine) {
    return folder
        .text("go.mod")
        .map(manifest -> new Go(folder, machine, manifest).drafts())
        .orElse(List.of());
  }

  private List<Draft> drafts() {
    List<String> commands = new ArrayList<>();
    if (isMain(folder)) {
      commands.add(".");
    }
    Folder cmd = folder.in("cmd");
    if (folder.hasDirectory("cmd")) {
      cmd.directories().stream()
          .filter(each -> isMain(cmd.in(each)))
          .forEach(each -> commands.add("cmd/" + each));
    }
    if (commands.isEmpty()) {
      return List.of(tested(new Draft.Builder(name, "Go (go.mod)", folder.name())));
    }
    return commands.stream().map(each -> service(each, commands)).toList();
  }

  private static boolean isMain(Folder folder) {
    return folder.directFiles().stream()
        .filter(file -> file.endsWith(".go") && !file.endsWith("_test.go"))
        .anyMatch(file -> folder.text(file).filter(t -> MAIN.matcher(t).find()).isPresent());
  }

  private Draft service(String command, List<String> commands) {
    String label = command.equals(".") ? name : command.substring("cmd/".length());
    Draft.Builder draft =
        new Draft.Builder(
            label, command.equals(".") ? "Go (go.mod)" : "Go, " + command, folder.name());
    if (commands.size() > 1) {
      draft.paths(paths(command));
    }
    String artifact = "build/" + Names.of(label);
    String target = command.equals(".") ? "." : "./" + command;
    draft.build(
        new Draft.Build(
            List.of("go", "build", "-trimpath", "-o", artifact, target), artifact, access));
    draft.run(new Draft.Run(RUN, clues(command)));
    return tested(draft);
  }

  /** The command's own source first; what it serves with is often in the packages it uses. */
  private SourceClues clues(String command) {
    SourceClues own = SourceClues.of(command.equals(".") ? folder : folder.in(command));
    return own.http() == SourceClues.Http.SERVED && own.health().isPresent()
        ? own
        : SourceClues.of(folder);
  }

  /** The command's files and those of every other directory that is not another command. */
  private List<String> paths(String command) {
    List<String> paths = new ArrayList<>();
    paths.add(folder.globOf(command.equals(".") ? "*.go" : Folder.glob(command) + "/**"));
    folder.directories().stream()
        .filter(each -> !each.equals("cmd"))
        .forEach(each -> paths.add(folder.globOf(Folder.glob(each) + "/**")));
    paths.add(folder.globOf("go.mod"));
    paths.add(folder.globOf("go.sum"));
    return paths;
  }

  private Draft tested(Draft.Builder draft) {
    return draft
        .tests(new Draft.Tests(TEST, List.of("coverage.out"), List.of("go-test.json"), access))
        .draft();
  }
}

package dev.slipway.app.init;

import dev.slipway.app.init.Draft.Access;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Python projects, tested by pytest. The artifact is the one file there is, a zip application, or
 * an archive of everything with its requirements beside it.
 */
final class Python {
  private static final List<String> MANIFESTS =
      List.of(
          "pyproject.toml", "setup.cfg", "setup.py", "requirements.txt", "Pipfile", "pytest.ini");
  private static final Pattern PROJECT_NAME =
      Pattern.compile("(?m)^\\s*name\\s*=\\s*[\"']?([A-Za-z0-9._-]{1,100})[\"']?\\s*$");
  private static final Pattern PROJECT_DEPENDENCIES =
      Pattern.compile("(?ms)^dependencies\\s*=\\s*\\[\\s*[\"']");
  private static final Pattern SCRIPT =
      Pattern.compile(
          "(?ms)^\\[project\\.scripts]\\s*?\\n\\s*[\\w\"'.-]+\\s*=\\s*[\"']([\\w.]+:[\\w.]+)[\"']");
  private static final Pattern MAIN = Pattern.compile("(?m)^def main\\(\\s*\\)");
  private static final List<String> ENTRIES =
      List.of("app.py", "main.py", "server.py", "__main__.py", "service.py", "run.py");
  private static final String BEGIN = "rm -rf build && mkdir -p build/app && ";
  private static final String INSTALL = "python3 -m pip install --quiet --target build/app ";
  private static final String COPY =
      "tar --exclude=./.git --exclude=./build -cf - . | tar -xf - -C build/app";
  private static final String ARCHIVE = "build/app.tgz";
  private static final String UNPACK = "mkdir -p app && tar -xzf \"$0\" -C app && cd app && ";

  private final Folder folder;
  private final List<String> modules;
  private final String manifest;
  private final SourceClues clues;

  private Python(Folder folder, List<String> modules) {
    this.folder = folder;
    this.modules = modules;
    this.manifest = folder.text("pyproject.toml").orElse("");
    this.clues = SourceClues.of(folder);
  }

  /** The service of the folder; empty if it is no Python project. */
  static List<Draft> drafts(Folder folder) {
    List<String> modules =
        folder.files().stream().filter(f -> f.endsWith(".py") && !f.equals("setup.py")).toList();
    boolean stated = MANIFESTS.stream().anyMatch(folder::has);
    boolean started = ENTRIES.stream().anyMatch(folder::has) && !folder.has("__init__.py");
    boolean script = folder.name().equals(".") && modules.stream().anyMatch(f -> !f.contains("/"));
    return !modules.isEmpty() && (stated || started || script)
        ? List.of(new Python(folder, modules).draft())
        : List.of();
  }

  private Draft draft() {
    Matcher name = PROJECT_NAME.matcher(manifest);
    Draft.Builder draft =
        new Draft.Builder(name.find() ? name.group(1) : folder.label(), "Python", folder.name());
    deploy(draft);
    if (modules.stream().anyMatch(Python::isTest)) {
      tests(draft);
    } else {
      draft.note("no tests were found (test_*.py): until there are, every change asks a person");
    }
    return draft.draft();
  }

  private static boolean isTest(String file) {
    return file.matches("(.*/)?(test_[^/]*|[^/]*_test|conftest)\\.py");
  }

  private boolean isTestOrHelper(String file) {
    return isTest(file) || file.matches("(.*/)?tests?/.*");
  }

  private void deploy(Draft.Builder draft) {
    List<String> own = modules.stream().filter(file -> !isTestOrHelper(file)).toList();
    Optional<String> requirements = requirements();
    if (requirements.isEmpty() && own.size() == 1 && !own.getFirst().contains("/")) {
      String file = own.getFirst();
      draft.build(new Draft.Build(List.of(), file, Access.NONE));
      draft.run(new Draft.Run(List.of("python3", "${ARTIFACT}"), clues));
      return;
    }
    Optional<String> function = function();
    boolean onlyCode = requirements.isEmpty() && packageHasOnlyCode(function);
    if (function.isPresent() && onlyCode) {
      zipApplication(draft, function.get());
      return;
    }
    server()
        .or(this::started)
        .ifPresent(
            arguments -> {
              String install = requirements.map(r -> INSTALL + r + " && ").orElse("");
              String pack = BEGIN + install + COPY + " && tar -czf " + ARCHIVE + " -C build/app .";
              Access access = requirements.isPresent() ? Access.network("~/.cache") : Access.NONE;
              draft.build(new Draft.Build(List.of("sh", "-c", pack), ARCHIVE, access));
              String path = sources().isEmpty() ? "" : "PYTHONPATH=src ";
              String start = UNPACK + path + "exec python3 \"$@\"";
              List<String> run = new ArrayList<>(List.of("sh", "-c", start, "${ARTIFACT}"));
              run.addAll(arguments);
              draft.run(
                  new Draft.Run(
                      run, arguments.contains("${PORT}") ? clues.served(Optional.empty()) : clues));
            });
  }

  /** What pip is to install. */
  private Optional<String> requirements() {
    boolean listed =
        folder
            .text("requirements.txt")
            .orElse("")
            .lines()
            .map(String::strip)
            .anyMatch(
                line -> !line.isEmpty() && !line.startsWith("#") && !line.startsWith("pytest"));
    if (listed) {
      return Optional.of("-r requirements.txt");
    }
    return PROJECT_DEPENDENCIES.matcher(manifest).find() ? Optional.of(".") : Optional.empty();
  }

  private String sources() {
    return folder.hasDirectory("src") && modules.stream().anyMatch(f -> f.startsWith("src/"))
        ? "src/"
        : "";
  }

  /** The function that starts it, as {@code package.module:function}. */
  private Optional<String> function() {
    Matcher script = SCRIPT.matcher(manifest);
    if (script.find()) {
      return Optional.of(script.group(1));
    }
    return modules.stream()
        .filter(file -> file.matches(Pattern.quote(sources()) + "[\\w]+/__main__\\.py"))
        .filter(file -> folder.text(file).filter(text -> MAIN.matcher(text).find()).isPresent())
        .map(file -> packageOf(file) + ".__main__:main")
        .findFirst();
  }

  private String packageOf(String file) {
    String below = file.substring(sources().length());
    return below.substring(0, below.indexOf('/'));
  }

  private boolean packageHasOnlyCode(Optional<String> function) {
    String directory = sources() + function.orElse("").replaceAll("[.:].*", "") + "/";
    return folder.files().stream()
        .filter(file -> file.startsWith(directory))
        .allMatch(file -> file.endsWith(".py"));
  }

  private void zipApplication(Draft.Builder draft, String function) {
    String directory = sources() + function.replaceAll("[.:].*", "");
    List<String> build =
        List.of(
            "sh",
            "-c",
            BEGIN
                + "cp -R \"$0\" build/app/ && python3 -m zipapp build/app -o build/app.pyz -m \"$1\"",
            directory,
            function);
    draft.build(new Draft.Build(build, "build/app.pyz", Access.NONE));
    draft.run(new Draft.Run(List.of("python3", "${ARTIFACT}"), clues));
  }

  /** A web framework's server, with the application object it serves. */
  private Optional<List<String>> server() {
    String all = folder.text("requirements.txt").orElse("") + manifest;
    for (String file : modules) {
      String text = folder.text(file).orElse("");
      Matcher object =
          Pattern.compile("(?m)^(\\w{1,50})\\s*=\\s*(FastAPI|Flask|Starlette)\\(").matcher(text);
      if (isTestOrHelper(file) || !object.find()) {
        continue;
      }
      String below = file.startsWith(sources()) ? file.substring(sources().length()) : file;
      String module = below.substring(0, below.length() - 3).replace('/', '.');
      String application = module + ":" + object.group(1);
      if (all.contains("uvicorn") && !object.group(2).equals("Flask")) {
        return Optional.of(
            List.of("-m", "uvicorn", application, "--host", "127.0.0.1", "--port", "${PORT}"));
      }
      if (all.contains("gunicorn")) {
        return Optional.of(List.of("-m", "gunicorn", "--bind", "127.0.0.1:${PORT}", application));
      }
      if (object.group(2).equals("Flask")) {
        return Optional.of(
            List.of("-m", "flask", "--app", application, "run", "--port", "${PORT}"));
      }
    }
    return Optional.empty();
  }

  /** The arguments of python3 that start it. */
  private Optional<List<String>> started() {
    Optional<String> packaged =
        modules.stream()
            .filter(file -> file.matches("[\\w]+/__main__\\.py") && !isTestOrHelper(file))
            .map(file -> file.substring(0, file.indexOf('/')))
            .findFirst();
    if (packaged.isPresent()) {
      return packaged.map(name -> isPackage(name) ? List.of("-m", name) : List.of(name));
    }
    return ENTRIES.stream()
        .flatMap(entry -> Stream.of(entry, "src/" + entry))
        .filter(modules::contains)
        .findFirst()
        .map(List::of);
  }

  /** A directory that is no package is run by its path, and its modules are found in it. */
  private boolean isPackage(String directory) {
    String main = folder.text(directory + "/__main__.py").orElse("");
    return folder.has(directory + "/__init__.py")
        || Pattern.compile("(?m)^\\s*(from|import) (\\.|" + directory + "\\b)")
            .matcher(main)
            .find();
  }

  private void tests(Draft.Builder draft) {
    List<String> pytest =
        List.of("-m", "pytest", "--cov=.", "--cov-report=xml", "--junitxml=junit.xml");
    Optional<String> requirements = requirements();
    List<String> command = new ArrayList<>();
    Access access = Access.NONE;
    if (requirements.isPresent()) {
      String more = folder.has("requirements-dev.txt") ? " -r requirements-dev.txt" : "";
      command.addAll(
          List.of(
              "sh",
              "-c",
              "python3 -m venv .venv && .venv/bin/pip install --quiet pytest pytest-cov "
                  + requirements.get()
                  + more
                  + " && exec .venv/bin/python \"$@\"",
              "sh"));
      access = Access.network("~/.cache");
    } else {
      command.add("python3");
      draft.note("the tests need pytest and pytest-cov where the server runs");
    }
    command.addAll(pytest);
    Map<String, String> path = sources().isEmpty() ? Map.of() : Map.of("PYTHONPATH", "src");
    draft.tests(
        new Draft.Tests(command, List.of("coverage.xml"), List.of("junit.xml"), access.with(path)));
  }
}

package dev.slipway.app.cli;

import dev.slipway.app.json.Json;
import dev.slipway.app.sandbox.Sandboxes;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Says what is installed, what is missing, and the command that mends it. */
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    description = "Says what is installed, what is missing, and the command that mends it.",
    footer = {"", "Example:", "  slipway doctor --json"})
final class DoctorCommand implements Callable<Integer> {
  private static final int JAVA_MIN = 25;

  @Spec CommandSpec spec = CommandSpec.create();
  @Mixin Home home = new Home();
  @Mixin Output output = new Output();

  /** One thing that was looked at; {@code fix} is empty where nothing is to be mended. */
  record Check(String name, boolean ok, String message, String fix) {}

  record Printed(List<Check> checks) {}

  @Override
  public Integer call() {
    List<Check> checks = new ArrayList<>();
    checks.add(java());
    checks.add(program("git", "apt-get install git"));
    checks.add(program("mvn", "apt-get install maven, if you ship Maven projects"));
    checks.add(sandbox());
    checks.add(controlPlane());
    PrintWriter out = spec.commandLine().getOut();
    if (output.json) {
      out.println(Json.mapper().writeValueAsString(new Printed(checks)));
    } else {
      checks.forEach(check -> print(out, check));
    }
    return checks.stream().allMatch(Check::ok) ? 0 : 1;
  }

  private static void print(PrintWriter out, Check check) {
    out.println((check.ok() ? "ok       " : "missing  ") + check.name() + ": " + check.message());
    if (!check.fix().isEmpty()) {
      out.println("         mend it with: " + check.fix());
    }
  }

  private static Check java() {
    boolean ok = Runtime.version().feature() >= JAVA_MIN;
    return new Check(
        "java", ok, "version " + Runtime.version(), ok ? "" : "install JDK 25 and set JAVA_HOME");
  }

  private static Check program(String name, String fix) {
    boolean found =
        Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1))
            .filter(folder -> !folder.isEmpty())
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, name)));
    return new Check(name, found, found ? "found" : "not on PATH", found ? "" : fix);
  }

  private Check sandbox() {
    return switch (Sandboxes.detect(home.path().resolve("scratch"))) {
      case Sandboxes.Detection.Available available ->
          new Check("sandbox", true, available.sandbox().name(), "");
      case Sandboxes.Detection.Missing missing ->
          new Check("sandbox", false, missing.reason(), missing.mend());
    };
  }

  private Check controlPlane() {
    String message =
        ControlPlaneFile.read(home.path())
            .map(at -> "runs, on port " + at.port())
            .orElseGet(() -> "does not run on " + home.path() + "; ship starts one for itself");
    return new Check("control plane", true, message, "");
  }
}

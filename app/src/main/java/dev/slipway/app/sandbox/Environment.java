package dev.slipway.app.sandbox;

import dev.slipway.change.Printable;
import dev.slipway.workspace.SandboxedCommand;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The environment a command gets: a few fixed variables, its own, its secrets; nothing of ours. */
final class Environment {
  private static final String SYSTEM_PATH =
      "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

  /** What the user's environment adds when nothing is confined. */
  private static final List<String> INHERITED =
      List.of("HOME", "USER", "LOGNAME", "SHELL", "LANG", "LC_ALL", "TZ");

  private Environment() {}

  /** The JDK that this process runs on: what builds get as {@code JAVA_HOME}. */
  static Path javaHome() {
    return Path.of(System.getProperty("java.home", "/usr"));
  }

  /** For a command in a sandbox with this home and these directories of programs. */
  static Map<String, String> confined(SandboxedCommand command, Path home) {
    Map<String, String> variables = common(SYSTEM_PATH);
    variables.put("HOME", home.toString());
    variables.put("USER", "slipway");
    variables.put("LOGNAME", "slipway");
    variables.put("SHELL", "/bin/sh");
    variables.put("LANG", "C.UTF-8");
    variables.put("LC_ALL", "C.UTF-8");
    variables.put("TZ", "UTC");
    variables.put("TMPDIR", "/tmp");
    return with(variables, command);
  }

  /** For a command that runs as the user. */
  static Map<String, String> unconfined(SandboxedCommand command, Path tmp, String mark) {
    Map<String, String> own = System.getenv();
    Map<String, String> variables = common(own.getOrDefault("PATH", SYSTEM_PATH));
    for (String name : INHERITED) {
      if (own.containsKey(name)) {
        variables.put(name, own.get(name));
      }
    }
    variables.put("TMPDIR", tmp.toString());
    Map<String, String> all = with(variables, command);
    all.put(ProcessTree.MARK, mark);
    return all;
  }

  /** For the programs that start a command: no more than they need. */
  static Map<String, String> launcher(String mark) {
    return Map.of("PATH", SYSTEM_PATH, "LC_ALL", "C", ProcessTree.MARK, mark);
  }

  private static Map<String, String> common(String path) {
    Map<String, String> variables = new TreeMap<>();
    variables.put("PATH", javaHome().resolve("bin") + ":" + path);
    variables.put("JAVA_HOME", javaHome().toString());
    variables.put("CI", "true");
    variables.put("NO_COLOR", "1");
    variables.put("TERM", "dumb");
    return variables;
  }

  private static Map<String, String> with(Map<String, String> variables, SandboxedCommand command) {
    variables.putAll(command.command().env());
    variables.putAll(command.secrets());
    for (String name : variables.keySet()) {
      if (!name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
        throw new IllegalArgumentException(
            "'" + Printable.of(name) + "' is not the name of an environment variable");
      }
      if (variables.getOrDefault(name, "").indexOf('\0') >= 0) {
        throw new IllegalArgumentException("the environment variable " + name + " contains a NUL");
      }
    }
    return variables;
  }
}

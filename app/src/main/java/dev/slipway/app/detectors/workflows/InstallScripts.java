package dev.slipway.app.detectors.workflows;

import dev.slipway.app.detectors.text.ChangedFile;
import dev.slipway.app.detectors.text.Findings;
import dev.slipway.app.detectors.text.Row;
import dev.slipway.change.Printable;
import dev.slipway.policy.Finding.Severity;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Programs that run by themselves when somebody installs, builds or opens the project. */
final class InstallScripts implements Check {
  private static final Pattern NPM =
      Pattern.compile(
          "\"(preinstall|install|postinstall|preprepare|prepare|postprepare|prepublish)\"\\s*+:\\s*+"
              + "\"((?:[^\"\\\\]|\\\\.){1,500}+)\"");

  /** What projects ordinarily do after an installation. */
  private static final List<String> ORDINARY =
      List.of(
          "husky",
          "simple-git-hooks",
          "lefthook",
          "patch-package",
          "prisma generate",
          "ngcc",
          "electron-builder install-app-deps",
          "nuxt prepare",
          "nuxi prepare",
          "svelte-kit sync",
          "npm run build",
          "yarn build",
          "pnpm build",
          "pnpm run build",
          "yarn run build",
          "is-ci",
          "pinst",
          "turbo run build",
          "tsc",
          "node-gyp rebuild",
          "lerna bootstrap",
          "manypkg check",
          "wxt prepare",
          "only-allow");

  private static final Pattern SETUP_DANGER =
      Pattern.compile(
          "\\bos\\.(?:system|popen|exec[lv]p?e?|spawn\\w{1,6})\\s*\\(|\\burlopen\\b|\\burlretrieve\\b"
              + "|\\burllib\\.request\\b|\\brequests\\.(?:get|post|put|request)\\b|\\bsocket\\.socket"
              + "|\\bhttp\\.client\\b|\\bb64decode\\b|\\b__import__\\s*\\(|\\bctypes\\.");
  private static final Pattern SETUP_DOUBT =
      Pattern.compile("\\bcmdclass\\b|\\bsubprocess\\.|\\bexec\\s*\\(|\\beval\\s*\\(");
  private static final Pattern GRADLE_REMOTE =
      Pattern.compile("\\bapply\\s*\\(?\\s*from\\s*[:=]\\s*(?:uri\\s*\\()?\\s*[\"']https?://");
  private static final Pattern WRAPPER =
      Pattern.compile("^\\s*+(?:distributionUrl|wrapperUrl)\\s*+=\\s*+(\\S{1,300}+)");
  private static final List<String> WRAPPER_HOSTS =
      List.of(
          "https://services.gradle.org/",
          "https://downloads.gradle.org/",
          "https://repo.maven.apache.org/",
          "https://repo1.maven.org/",
          "https://archive.apache.org/",
          "https://dlcdn.apache.org/");
  private static final Pattern BUILD_PROGRAM =
      Pattern.compile(
          "<artifactId>\\s*+(?:exec-maven-plugin|maven-antrun-plugin|groovy-maven-plugin"
              + "|gmavenplus-plugin|download-maven-plugin)\\s*+</artifactId>");
  private static final Pattern RUST_BUILD =
      Pattern.compile(
          "Command::new\\(\\s*\"(?:curl|wget|sh|bash|powershell)|\\b(?:reqwest|ureq)::");

  @Override
  public void inspect(ChangedFile file, Findings findings) {
    String name = file.name().toLowerCase(Locale.ROOT);
    for (Row row : file.added()) {
      switch (name) {
        case "package.json" -> npm(file, row, findings);
        case "setup.py" -> setup(file, row, findings);
        case "pom.xml" -> buildProgram(file, row, BUILD_PROGRAM, findings);
        case "build.rs" -> buildProgram(file, row, RUST_BUILD, findings);
        case "gradle-wrapper.properties", "maven-wrapper.properties" ->
            wrapper(file, row, findings);
        case "tasks.json" -> editor(file, row, findings);
        default -> others(file, name, row, findings);
      }
    }
    if (name.endsWith("-wrapper.properties")) {
      wrapperChecksum(file, findings);
    }
  }

  private static void npm(ChangedFile file, Row row, Findings findings) {
    Matcher script = NPM.matcher(row.text());
    while (script.find()) {
      String command = script.group(2);
      if (file.deleted().stream().anyMatch(old -> old.text().contains(script.group()))) {
        continue;
      }
      findings.add(
          "npm.install-script",
          severity(script.group(1), command),
          file,
          row,
          "the script " + script.group(1) + " runs on installation: " + Printable.of(command));
    }
  }

  private static Severity severity(String hook, String command) {
    // Each part must be ordinary: a known name must not carry a stranger behind it.
    boolean ordinary =
        List.of(command.split("&&|;|\\|\\|")).stream()
            .map(String::strip)
            .allMatch(part -> ORDINARY.stream().anyMatch(part::startsWith));
    boolean wrapped = command.contains("$(") || command.contains("`") || command.contains("|");
    if (ordinary && !wrapped) {
      return Severity.LOW;
    }
    return hook.endsWith("prepare") || hook.equals("prepublish") ? Severity.MEDIUM : Severity.HIGH;
  }

  private static void setup(ChangedFile file, Row row, Findings findings) {
    if (SETUP_DANGER.matcher(row.code()).find()) {
      findings.add(
          "python.setup-code",
          Severity.HIGH,
          file,
          row,
          "installation runs programs or uses the network");
    } else if (SETUP_DOUBT.matcher(row.code()).find()) {
      findings.add(
          "python.setup-code", Severity.MEDIUM, file, row, "installation runs code of its own");
    }
  }

  private static void buildProgram(ChangedFile file, Row row, Pattern pattern, Findings findings) {
    if (pattern.matcher(row.code()).find()) {
      findings.add(
          "build.program", Severity.MEDIUM, file, row, "the build runs a program of its own");
    }
  }

  private static void wrapper(ChangedFile file, Row row, Findings findings) {
    Matcher wrapper = WRAPPER.matcher(row.text());
    if (wrapper.find()) {
      String url = wrapper.group(1).replace("\\:", ":");
      if (WRAPPER_HOSTS.stream().noneMatch(url::startsWith)) {
        findings.add(
            "build.wrapper-source",
            Severity.HIGH,
            file,
            row,
            "the build tool itself comes from an unusual address: " + Printable.of(url));
      }
    }
  }

  private static void wrapperChecksum(ChangedFile file, Findings findings) {
    boolean removed =
        file.deleted().stream().anyMatch(row -> row.text().contains("distributionSha256Sum"));
    boolean added =
        file.added().stream().anyMatch(row -> row.text().contains("distributionSha256Sum"));
    if (removed && !added) {
      findings.add(
          "build.wrapper-checksum",
          Severity.HIGH,
          file.path(),
          "the checksum of the build tool is no longer checked");
    }
  }

  private static void editor(ChangedFile file, Row row, Findings findings) {
    if (file.path().contains(".vscode/") && row.text().contains("folderOpen")) {
      findings.add(
          "editor.task",
          Severity.HIGH,
          file,
          row,
          "a task runs as soon as somebody opens the folder");
    }
  }

  private static void others(ChangedFile file, String name, Row row, Findings findings) {
    boolean gradle = name.endsWith(".gradle") || name.endsWith(".gradle.kts");
    if (gradle && GRADLE_REMOTE.matcher(row.code()).find()) {
      findings.add(
          "build.remote-script",
          Severity.HIGH,
          file,
          row,
          "the build runs a script from the network");
    }
    if (name.endsWith(".pth") && row.text().startsWith("import")) {
      findings.add(
          "python.start-code", Severity.HIGH, file, row, "the line runs at every start of Python");
    }
  }
}

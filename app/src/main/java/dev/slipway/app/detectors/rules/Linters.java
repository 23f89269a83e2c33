package dev.slipway.app.detectors.rules;

import dev.slipway.change.ChangedLine;
import dev.slipway.change.FileChange;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Settings of linters. What they say of style is everyday work; that a rule about security no
 * longer holds, or holds in fewer places, is not.
 */
final class Linters {
  private static final Pattern NAMES =
      Pattern.compile(
          "(?:^|/)(?:\\.eslintrc[.\\w]*|eslint\\.config\\.\\w+|\\.golangci\\.ya?ml|\\.?ruff\\.toml|\\.flake8|\\.pylintrc|\\.bandit[.\\w]*|bandit\\.ya?ml|\\.rubocop[.\\w]*|\\.brakeman[.\\w]*|brakeman\\.ignore|checkstyle[\\w-]*\\.xml|pmd[\\w-]*\\.xml|spotbugs[\\w-]*\\.xml|findsecbugs[\\w-]*\\.xml|phpstan\\.neon|psalm\\.xml|detekt\\.ya?ml|clippy\\.toml|\\.swiftlint\\.ya?ml|biome\\.json|\\.hadolint\\.ya?ml|\\.tflint\\.hcl|\\.tfsec[/.\\w]*|\\.kube-linter\\.ya?ml|gosec\\.json)$");

  private static final String SECURITY =
      "(?:no-eval|no-implied-eval|no-new-func|no-script-url|security|secur|no-unsanitized|no-danger|gosec|bandit|brakeman|find-?sec|injection|xss|csrf|crypto|secret|taint|detect-|\\b[BS][1-7]\\d{2}\\b|\\bDL3\\d{3}\\b|\\bG[1-6]\\d{2}\\b)";

  private static final Pattern OFF =
      Pattern.compile(
          "(?i)"
              + SECURITY
              + "[^,\\n]{0,60}[\"']?\\s*[:=]\\s*\\[?\\s*[\"']?(?:off|0|warn|1|false|disable)|(?:ignore|exclude|disable|skips?|deny|Enabled:\\s*false)[^\\n]{0,80}"
              + SECURITY);

  private static final Pattern ON = Pattern.compile("(?i)" + SECURITY);

  private Linters() {}

  /** Whether the change takes a rule about security out, or off. */
  static boolean isWeakened(FileChange file) {
    if (!NAMES.matcher(file.oldPath().toLowerCase(Locale.ROOT)).find()) {
      return false;
    }
    boolean off =
        file.added().stream()
            .anyMatch(line -> line.text().length() < 500 && OFF.matcher(line.text()).find());
    return off || named(file.deleted()) > named(file.added());
  }

  private static long named(List<ChangedLine> lines) {
    return lines.stream()
        .filter(line -> line.text().length() < 500 && ON.matcher(line.text()).find())
        .count();
  }
}

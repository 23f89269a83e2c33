package dev.slipway.app.detectors.workflows;

import dev.slipway.app.detectors.text.ChangedFile;
import dev.slipway.app.detectors.text.Findings;
import dev.slipway.app.detectors.text.Indented;
import dev.slipway.app.detectors.text.Row;
import dev.slipway.change.Printable;
import dev.slipway.policy.Finding.Severity;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * GitHub Actions: text of strangers in scripts, code of strangers with our rights, wider rights,
 * actions that can change under us. After GitHub, <i>Security hardening for GitHub Actions</i>.
 */
final class ActionsWorkflows implements Check {
  private static final Pattern EXPRESSION = Pattern.compile("\\$\\{\\{(.{1,300}?)\\}\\}");
  private static final Pattern USES =
      Pattern.compile("^\\s*+(?:-\\s*+)?+[\"']?+uses[\"']?+\\s*+:\\s*+[\"']?+([^\\s\"'#]{1,300}+)");
  private static final Pattern WRITE =
      Pattern.compile(
          "^\\s*+(actions|attestations|checks|contents|deployments|discussions|id-token|issues"
              + "|models|packages|pages|pull-requests|repository-projects|security-events|statuses)"
              + "\\s*+:\\s*+[\"']?+write\\b");
  private static final Pattern WRITE_ALL =
      Pattern.compile("^\\s*+permissions\\s*+:\\s*+[\"']?+write-all\\b");
  private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");
  private static final Pattern HEAD =
      Pattern.compile(
          "pull_request\\.head\\.|github\\.head_ref|refs/pull/|workflow_run\\.head_|gh pr checkout"
              + "|pull/\\$\\{\\{[^}]{1,100}\\}\\}/(?:head|merge)");

  @Override
  public void inspect(ChangedFile file, Findings findings) {
    if (!isWorkflow(file.path())) {
      return;
    }
    List<Row> rows = file.wholeRows();
    Set<String> tainted = taintedVariables(rows);
    for (int i = 0; i < rows.size(); i++) {
      Row row = rows.get(i);
      if (row.isAdded()) {
        injection(file, rows, i, tainted, findings);
        pin(file, row, findings);
        permission(file, row, findings);
        secrets(file, row, findings);
      }
    }
    untrustedCode(file, rows, findings);
    removedPermissions(file, findings);
  }

  private static boolean isWorkflow(String path) {
    String lower = "/" + path.toLowerCase(Locale.ROOT);
    boolean yaml = lower.endsWith(".yml") || lower.endsWith(".yaml");
    return yaml
        && (lower.contains("/.github/workflows/")
            || lower.contains("/.gitea/workflows/")
            || lower.contains("/.forgejo/workflows/")
            || lower.contains("/.github/actions/")
            || lower.endsWith("/action.yml")
            || lower.endsWith("/action.yaml"));
  }

  private static void injection(
      ChangedFile file, List<Row> rows, int index, Set<String> tainted, Findings findings) {
    Row row = rows.get(index);
    Matcher expression = EXPRESSION.matcher(row.text());
    while (expression.find()) {
      Trust trust = Trust.of(expression.group(1), tainted);
      if (trust != Trust.FINE && isScript(rows, index)) {
        findings.add(
            "workflow.script-injection",
            trust == Trust.STRANGERS ? Severity.HIGH : Severity.MEDIUM,
            file,
            row,
            "a script is put together with "
                + Printable.of(expression.group(1).strip())
                + ", which others write; pass it through env instead");
        return;
      }
    }
  }

  private static boolean isScript(List<Row> rows, int index) {
    return Indented.keyOver(rows, index)
        .filter(key -> key.equals("run") || key.equals("script"))
        .isPresent();
  }

  /** Variables that hold a stranger's text: safe in a shell, not in an expression. */
  private static Set<String> taintedVariables(List<Row> rows) {
    Set<String> tainted = new HashSet<>();
    for (int i = 0; i < rows.size(); i++) {
      Matcher expression = EXPRESSION.matcher(rows.get(i).code());
      if (expression.find()
          && Trust.of(expression.group(1), Set.of()) == Trust.STRANGERS
          && Indented.parentOf(rows, i).filter("env"::equals).isPresent()) {
        Indented.keyOf(rows.get(i)).ifPresent(key -> tainted.add(key.toLowerCase(Locale.ROOT)));
      }
    }
    return tainted;
  }

  private static void pin(ChangedFile file, Row row, Findings findings) {
    Matcher uses = USES.matcher(row.text());
    if (!uses.find()) {
      return;
    }
    String action = uses.group(1);
    String reference = action.substring(action.lastIndexOf('@') + 1);
    boolean local = action.startsWith("./") || action.startsWith("../") || action.contains("${{");
    boolean image = action.startsWith("docker://") && action.contains("@sha256:");
    if (local || image || COMMIT.matcher(reference).matches()) {
      return;
    }
    boolean official = action.startsWith("actions/") || action.startsWith("github/");
    findings.add(
        "workflow.unpinned-action",
        official ? Severity.LOW : Severity.MEDIUM,
        file,
        row,
        "the action " + Printable.of(action) + " is not pinned to a commit");
  }

  private static void permission(ChangedFile file, Row row, Findings findings) {
    Matcher write = WRITE.matcher(row.code());
    if (WRITE_ALL.matcher(row.code()).find()) {
      findings.add(
          "workflow.permission", Severity.HIGH, file, row, "the workflow gets every permission");
    } else if (write.find()) {
      findings.add(
          "workflow.permission",
          Severity.MEDIUM,
          file,
          row,
          "the workflow may write " + write.group(1));
    }
  }

  private static void secrets(ChangedFile file, Row row, Findings findings) {
    String code = row.code().replace(" ", "").toLowerCase(Locale.ROOT);
    if (code.contains("tojson(secrets)")) {
      findings.add(
          "workflow.all-secrets",
          Severity.HIGH,
          file,
          row,
          "the workflow reads all secrets at once");
    } else if (code.contains("secrets:inherit")) {
      findings.add(
          "workflow.all-secrets", Severity.LOW, file, row, "the called workflow gets all secrets");
    }
  }

  private static void untrustedCode(ChangedFile file, List<Row> rows, Findings findings) {
    List<Row> triggers = rows.stream().filter(ActionsWorkflows::isPrivilegedTrigger).toList();
    boolean newTrigger = triggers.stream().anyMatch(Row::isAdded);
    for (Row row : triggers.isEmpty() ? List.<Row>of() : rows) {
      if (isCheckoutOfHead(row) && (row.isAdded() || newTrigger)) {
        findings.add(
            "workflow.untrusted-checkout",
            Severity.HIGH,
            file,
            row,
            "code of the pull request runs with the rights and secrets of the base branch");
      }
    }
    triggers.stream()
        .filter(row -> row.isAdded() && row.code().contains("pull_request_target"))
        .findFirst()
        .ifPresent(
            row ->
                findings.add(
                    "workflow.pull-request-target",
                    Severity.MEDIUM,
                    file,
                    row,
                    "the workflow runs for forks with the rights of the base branch"));
  }

  private static boolean isPrivilegedTrigger(Row row) {
    return row.code().contains("pull_request_target") || row.code().contains("workflow_run:");
  }

  private static boolean isCheckoutOfHead(Row row) {
    return HEAD.matcher(row.code()).find()
        && !row.code().contains("if:")
        && (row.code().contains("ref:")
            || row.code().contains("repository:")
            || row.code().contains("git ")
            || row.code().contains("gh pr checkout"));
  }

  private static void removedPermissions(ChangedFile file, Findings findings) {
    boolean removed =
        file.deleted().stream().anyMatch(row -> row.code().strip().startsWith("permissions:"));
    boolean added = file.added().stream().anyMatch(row -> row.code().contains("permissions:"));
    if (removed && !added) {
      findings.add(
          "workflow.permission",
          Severity.MEDIUM,
          file.path(),
          "a limit of the workflow's permissions is removed");
    }
  }
}

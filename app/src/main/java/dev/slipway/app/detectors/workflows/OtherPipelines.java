package dev.slipway.app.detectors.workflows;

import dev.slipway.app.detectors.text.ChangedFile;
import dev.slipway.app.detectors.text.Findings;
import dev.slipway.app.detectors.text.Indented;
import dev.slipway.app.detectors.text.Row;
import dev.slipway.policy.Finding.Severity;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** GitLab, Jenkins, Azure, CircleCI: strangers' text in scripts, configuration from elsewhere. */
final class OtherPipelines implements Check {
  /** A shell expands these as data; evaluated again, they are code. */
  private static final Pattern GITLAB_TEXT =
      Pattern.compile(
          "\\$\\{?+CI_(?:COMMIT_(?:MESSAGE|TITLE|DESCRIPTION|REF_NAME|BRANCH|TAG_MESSAGE|AUTHOR)"
              + "|MERGE_REQUEST_(?:TITLE|DESCRIPTION|SOURCE_BRANCH_NAME)"
              + "|EXTERNAL_PULL_REQUEST_SOURCE_BRANCH_NAME)");

  private static final Pattern EVALUATED =
      Pattern.compile(
          "\\beval\\b|(?:ba|z|da)?sh\\s{1,4}+-c|\\bpython3?\\s{1,4}+-c|\\bnode\\s{1,4}+-e"
              + "|\\bxargs\\b[^|]{0,80}\\bsh\\b");
  private static final Pattern JENKINS_TEXT =
      Pattern.compile(
          "\\$\\{?(?:env\\.|params\\.)?"
              + "(?:CHANGE_(?:TITLE|BRANCH|AUTHOR(?:_DISPLAY_NAME)?|FORK)"
              + "|ghprb(?:PullTitle|PullDescription|SourceBranch|CommentBody)"
              + "|gitlab(?:MergeRequestTitle|SourceBranch|MergeRequestDescription)"
              + "|GIT_COMMIT_MESSAGE)");
  private static final Pattern JENKINS_STEP =
      Pattern.compile("\\b(?:sh|bat|powershell|pwsh)\\b[^'\"]{0,40}\"");
  private static final Pattern AZURE_TEXT =
      Pattern.compile(
          "\\$\\((?:Build\\.SourceVersionMessage|Build\\.SourceBranchName"
              + "|System\\.PullRequest\\.SourceBranch|Build\\.RequestedFor)\\)",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern CIRCLE_TEXT =
      Pattern.compile(
          "<<\\s{0,4}+pipeline\\.(?:git\\.branch|git\\.tag|parameters\\.[\\w-]{1,60}+)\\s{0,4}+>>");
  private static final Pattern REMOTE_INCLUDE =
      Pattern.compile(
          "^\\s*+-?\\s*+remote\\s*+:\\s*+[\"']?+https?://"
              + "|^\\s*+include\\s*+:\\s*+[\"']?+https?://");

  @Override
  public void inspect(ChangedFile file, Findings findings) {
    String lower = file.path().toLowerCase(Locale.ROOT);
    if (lower.contains("gitlab-ci") || lower.contains(".gitlab/")) {
      gitlab(file, findings);
    } else if (lower.endsWith("jenkinsfile")) {
      jenkins(file, findings);
    } else if (lower.contains("azure-pipelines")) {
      scripts(file, AZURE_TEXT, List.of("script", "bash", "powershell", "pwsh"), findings);
    } else if (lower.contains(".circleci/")) {
      scripts(file, CIRCLE_TEXT, List.of("run", "command"), findings);
    }
  }

  private static void gitlab(ChangedFile file, Findings findings) {
    for (Row row : file.added()) {
      if (GITLAB_TEXT.matcher(row.code()).find() && EVALUATED.matcher(row.code()).find()) {
        injection(file, row, findings);
      }
      if (REMOTE_INCLUDE.matcher(row.code()).find()) {
        findings.add(
            "workflow.remote-include",
            Severity.HIGH,
            file,
            row,
            "the pipeline runs configuration from an address that can change");
      }
    }
  }

  /** Groovy fills in variables between double quotes; between single ones the shell does. */
  private static void jenkins(ChangedFile file, Findings findings) {
    boolean inLongString = false;
    for (Row row : file.wholeRows()) {
      boolean opens = JENKINS_STEP.matcher(row.code()).find();
      if (row.isAdded() && (inLongString || opens) && JENKINS_TEXT.matcher(row.code()).find()) {
        injection(file, row, findings);
      }
      int quotes = row.code().split("\"\"\"", -1).length - 1;
      if (quotes % 2 == 1) {
        inLongString = !inLongString && opens;
      }
    }
  }

  private static void scripts(
      ChangedFile file, Pattern text, List<String> keys, Findings findings) {
    List<Row> rows = file.wholeRows();
    for (int i = 0; i < rows.size(); i++) {
      Row row = rows.get(i);
      if (row.isAdded()
          && text.matcher(row.code()).find()
          && Indented.keyOver(rows, i).filter(keys::contains).isPresent()) {
        injection(file, row, findings);
      }
    }
  }

  private static void injection(ChangedFile file, Row row, Findings findings) {
    findings.add(
        "workflow.script-injection",
        Severity.HIGH,
        file,
        row,
        "a script is put together with text that others write");
  }
}

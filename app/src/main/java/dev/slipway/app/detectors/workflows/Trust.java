package dev.slipway.app.detectors.workflows;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Who writes what a workflow's expression stands for. */
enum Trust {
  /** Numbers, commits, settings of the repository. */
  FINE,
  /** People who may start the workflow or name branches and releases. */
  MEMBERS,
  /** Anyone who can open an issue or a pull request. */
  STRANGERS;

  private static final List<String> OF_STRANGERS =
      List.of(
          "issue.title",
          "issue.body",
          "pull_request.title",
          "pull_request.body",
          "pull_request.head.ref",
          "pull_request.head.label",
          "pull_request.head.repo.default_branch",
          "pull_request.head.repo.description",
          "pull_request.head.repo.homepage",
          "comment.body",
          "review.body",
          "discussion.title",
          "discussion.body",
          ".page_name",
          "head_commit.message",
          "head_commit.author.",
          "event.commits",
          "github.head_ref",
          "workflow_run.head_branch",
          "workflow_run.head_commit",
          "workflow_run.display_title",
          "workflow_run.head_repository.description",
          "client_payload",
          "tojson(github.event",
          "tojson(github)");

  private static final List<String> OF_MEMBERS =
      List.of(
          "inputs.", "github.ref_name", "event.release.", "github.event.ref", "milestone.title");

  /**
   * Who writes the value of this expression.
   *
   * @param tainted names of {@code env} variables that hold strangers' text, in lower case
   */
  static Trust of(String expression, Set<String> tainted) {
    String plain =
        expression
            .toLowerCase(Locale.ROOT)
            .replace(" ", "")
            .replace("['", ".")
            .replace("']", "")
            .replace("[\"", ".")
            .replace("\"]", "");
    if (isTruthValue(plain)) {
      return FINE;
    }
    boolean variable = tainted.stream().anyMatch(name -> plain.equals("env." + name));
    if (variable || OF_STRANGERS.stream().anyMatch(plain::contains)) {
      return STRANGERS;
    }
    return OF_MEMBERS.stream().anyMatch(plain::contains) ? MEMBERS : FINE;
  }

  private static boolean isTruthValue(String plain) {
    boolean chosen = plain.contains("&&") || plain.contains("||");
    boolean compared =
        plain.contains("==")
            || plain.contains("!=")
            || plain.startsWith("contains(")
            || plain.startsWith("startswith(")
            || plain.startsWith("endswith(")
            || plain.startsWith("!");
    return compared && !chosen;
  }
}

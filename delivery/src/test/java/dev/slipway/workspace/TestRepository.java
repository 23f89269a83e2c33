package dev.slipway.workspace;

import dev.slipway.change.CommitId;
import java.util.Map;
import java.util.Optional;

/** A repository that a contract test fills. */
public interface TestRepository {
  /** As the workspace under test addresses it. */
  String name();

  /**
   * Commits on top of the branch, which is made if it does not exist.
   *
   * @param files text by path; empty deletes the file; others stay as they are
   */
  CommitId commit(String branch, Map<String, Optional<String>> files);

  /** Makes a branch that stands where another does. */
  void branchOff(String from, String branch);

  /** Commits one file on top of the branch. */
  default CommitId commit(String branch, String path, String text) {
    return commit(branch, Map.of(path, Optional.of(text)));
  }
}

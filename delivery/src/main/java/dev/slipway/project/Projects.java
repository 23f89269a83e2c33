package dev.slipway.project;

import dev.slipway.change.CommitId;
import java.util.List;

/**
 * Reads the configuration of a repository at a commit of its base branch, never at a pull
 * request's.
 */
public interface Projects {
  /** What the commit's {@code .slipway.yml} says. */
  Reading at(String repository, CommitId base);

  /** What was read. */
  sealed interface Reading {
    record Configured(Project project) implements Reading {}

    /** There is no {@code .slipway.yml}. */
    record Missing() implements Reading {}

    /** It cannot be used: each error names file, line, key and what was expected. */
    record Invalid(List<String> errors) implements Reading {}
  }
}

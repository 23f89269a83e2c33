package dev.slipway.agents.testing;

import dev.slipway.change.CommitId;
import dev.slipway.change.ServiceName;
import java.util.Optional;

/** How many tests of a service were executed at a commit: what is the base was a candidate once. */
public interface TestCounts {
  /** How many; empty if they were never counted. */
  Optional<Integer> of(String repository, ServiceName service, CommitId commit);

  /** Keeps how many were executed; durable when it returns. */
  void counted(String repository, ServiceName service, CommitId commit, int executed);
}

package dev.slipway.pipeline;

import dev.slipway.change.Artifact;
import dev.slipway.change.Candidate;
import dev.slipway.change.CommitId;
import dev.slipway.change.ServiceName;
import dev.slipway.policy.Reason;
import dev.slipway.policy.Report;
import java.net.URI;
import java.util.List;
import java.util.Map;

/** What came of an act. */
public sealed interface Result {
  /** There is a candidate, and this is what it concerns. */
  record Prepared(Candidate candidate, ChangePlan plan) implements Result {}

  /** An agent reported. */
  record Reported(Report report, String digest) implements Result {}

  /** The artifacts are built and kept. */
  record Built(Map<ServiceName, Artifact> artifacts) implements Result {
    public Built {
      artifacts = Map.copyOf(artifacts);
    }
  }

  /** A target confirmed the move; endpoints are told where checks need them. */
  record Moved(Map<ServiceName, URI> endpoints) implements Result {
    public Moved {
      endpoints = Map.copyOf(endpoints);
    }
  }

  /** The change's branch stands at the tests that were proposed for it. */
  record TestsAdded() implements Result {}

  /** The tests could not be added to the change's branch, which is as it was. */
  record TestsNotAdded(String why) implements Result {}

  /** Somebody else pushed to the change's branch. */
  record HeadMoved(CommitId to) implements Result {}

  /** The base branch is now the candidate. */
  record Merged() implements Result {}

  /** Nothing was done: the base branch stands elsewhere. */
  record BaseMoved(CommitId to) implements Result {}

  /**
   * Production is back at the stable version, as its target confirms.
   *
   * @param doubts why that could not be seen in what production measures; none where it was
   */
  record RolledBack(List<Reason> doubts) implements Result {
    public RolledBack {
      doubts = List.copyOf(doubts);
    }

    /** It was seen. */
    public static RolledBack seen() {
      return new RolledBack(List.of());
    }
  }

  /** It cannot be done, and that is the change's doing: it ends. */
  record Impossible(List<Reason> reasons) implements Result {
    public Impossible {
      reasons = List.copyOf(reasons);
    }
  }

  /** It cannot be done now, and only a person can tell what follows. */
  record Hindered(List<Reason> reasons) implements Result {
    public Hindered {
      reasons = List.copyOf(reasons);
    }
  }

  /** Something was told or recorded; nothing follows. */
  record Noted() implements Result {}
}

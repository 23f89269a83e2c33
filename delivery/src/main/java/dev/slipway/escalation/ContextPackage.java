package dev.slipway.escalation;

import dev.slipway.change.Candidate;
import dev.slipway.change.PullRequest;
import dev.slipway.policy.Judgement;
import dev.slipway.policy.Reason;
import java.util.List;
import java.util.Optional;

/**
 * Everything a person needs to decide on one change.
 *
 * @param reasons exactly what an approval would cover
 * @param judgements what every stage found so far
 */
public record ContextPackage(
    PullRequest pull,
    Optional<Candidate> candidate,
    List<Reason> reasons,
    List<Judgement> judgements) {
  public ContextPackage {
    reasons = List.copyOf(reasons);
    judgements = List.copyOf(judgements);
  }
}

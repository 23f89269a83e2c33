package dev.slipway.agents.review;

import dev.slipway.policy.Finding;
import dev.slipway.policy.RiskTerm;
import java.util.List;

/**
 * What code alone says of a change. The same change gives the same review, byte for byte.
 *
 * @param findings without repetition, by file, line, rule
 * @param riskTerms what the score is made of: score = 1 + Σ value·weight, to four decimals
 * @param riskScore from 1 to 10, continuous
 * @param risk the score as a whole number
 * @param skipped what could not be looked at, with why; not empty means that the review is partial
 * @param unread paths whose content no detector could read
 */
public record FloorReview(
    List<Finding> findings,
    List<RiskTerm> riskTerms,
    double riskScore,
    int risk,
    List<Skipped> skipped,
    List<String> unread) {

  /** A family of facts that was not, or not wholly, looked for. */
  public record Skipped(String detector, String why, Cause cause) {}

  /** Why a family of facts was not looked for. */
  public enum Cause {
    /** The input has not what it needs, as a bare patch has no base. */
    INPUT,
    /** It failed, or a bound was hit. */
    FAULT
  }

  public FloorReview {
    findings = List.copyOf(findings);
    riskTerms = List.copyOf(riskTerms);
    skipped = List.copyOf(skipped);
    unread = List.copyOf(unread);
  }
}

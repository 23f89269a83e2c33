package dev.slipway.agents.review;

import dev.slipway.policy.Finding.Kind;
import dev.slipway.policy.Finding.Severity;
import java.util.List;

/**
 * What the model answers when it is asked to find what is wrong. Nothing in it is believed before
 * code has checked it.
 *
 * @param risk 1 to 10
 * @param rationale why, for the person who decides
 */
record Assessment(int risk, String rationale, List<Claim> findings) {
  /**
   * A claim of the model.
   *
   * @param quote a part of the line that is meant
   */
  record Claim(
      String file, int line, String quote, Concern concern, Severity severity, String message) {}

  /** What a model may claim; what is a fact about the change is for code to find. */
  enum Concern {
    SECURITY(Kind.SECURITY),
    PERFORMANCE(Kind.PERFORMANCE),
    CORRECTNESS(Kind.CORRECTNESS);

    final Kind kind;

    Concern(Kind kind) {
      this.kind = kind;
    }
  }

  Assessment {
    findings = List.copyOf(findings);
    if (risk < 1 || risk > 10) {
      throw new IllegalArgumentException("risk is a whole number from 1 to 10, not " + risk);
    }
  }
}

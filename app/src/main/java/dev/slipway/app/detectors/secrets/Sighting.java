package dev.slipway.app.detectors.secrets;

import dev.slipway.policy.Finding.Severity;

/**
 * A secret seen in a text.
 *
 * @param rule what it is, such as {@code github-token}
 * @param label what it is, for people
 * @param start where it begins in the text
 * @param end where it ends (exclusive)
 * @param value the secret itself: fingerprinted, never shown or kept
 */
record Sighting(String rule, String label, Proof proof, int start, int end, String value) {

  /** What makes the value a secret. */
  enum Proof {
    /** The value itself shows whose it is: a secret wherever it stands. */
    FORMAT(Severity.CRITICAL),
    /** Its name or surroundings say so: a secret where production is, an example in a test. */
    CONTEXT(Severity.HIGH);

    final Severity severity;

    Proof(Severity severity) {
      this.severity = severity;
    }
  }

  /** The same secret at another place, such as the place of the text that was decoded. */
  Sighting at(int newStart, int newEnd) {
    return new Sighting(rule, label, proof, newStart, newEnd, value);
  }

  @Override
  public String toString() {
    return rule + "@" + start;
  }
}

package dev.slipway.policy;

/**
 * Why a gate did not simply pass.
 *
 * @param rule the stable name of the rule, such as {@code review.secret}
 * @param subject what it concerns and stays the same when measured again, such as {@code
 *     src/App.java:12} or a service; an approval covers rule and subject
 * @param message one sentence with the numbers, for people
 */
public record Reason(String rule, String subject, String message) {
  /** Whether an approval of the other reason covers this one. */
  public boolean sameAs(Reason other) {
    return rule.equals(other.rule) && subject.equals(other.subject);
  }
}

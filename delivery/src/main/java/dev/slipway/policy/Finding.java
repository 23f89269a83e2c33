package dev.slipway.policy;

import java.util.Locale;

/**
 * A fact that a detector found, or a concern that a model raised and code checked.
 *
 * @param rule stable rule id, such as {@code secret.aws-access-key}
 * @param file path in the candidate (in the base for something that was removed)
 * @param line line number from 1; 0 for the file as a whole
 * @param message one sentence for people; never a secret's value
 */
public record Finding(
    String rule, Kind kind, Severity severity, String file, int line, String message) {

  /** What sort of fact it is; policy decides by kind and severity. */
  public enum Kind {
    SECRET,
    SCHEMA_CHANGE,
    API_BREAK,
    NEW_INTEGRATION,
    SUPPLY_CHAIN,
    SECURITY,
    PERFORMANCE,
    HIDDEN_TEXT,
    COVERAGE_GAP,
    SENSITIVE_PATH,
    /** It does the wrong thing; only a model claims this. */
    CORRECTNESS;

    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** How bad it is. */
  public enum Severity {
    INFO,
    LOW,
    MEDIUM,
    HIGH,
    CRITICAL;

    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Where it is, for people and as the subject of a reason. */
  public String place() {
    return line > 0 ? file + ":" + line : file;
  }
}

package dev.slipway.app.detectors.integrations;

import dev.slipway.app.detectors.text.ChangedFile;
import dev.slipway.app.detectors.text.Row;
import dev.slipway.policy.Finding.Severity;
import java.util.List;
import java.util.Set;

/**
 * Something on an added line that is a new integration unless the base has it already.
 *
 * @param name what it is, such as a host or the name of a variable
 * @param traces texts of which the base holds one, as whole words, if it has this already
 * @param where in which files of the base it would be
 * @param message for people, if it is new
 */
record Lead(
    String rule,
    Severity severity,
    ChangedFile file,
    Row row,
    String name,
    List<String> traces,
    Where where,
    String message) {

  /** Where the base would have it. */
  enum Where {
    ANY_FILE,
    MANIFESTS,
    DEPLOYMENTS
  }

  /** A lead that leaves its own name as a trace. */
  static Lead named(
      String rule,
      Severity severity,
      ChangedFile file,
      Row row,
      String name,
      Where where,
      String message) {
    return new Lead(rule, severity, file, row, name, List.of(name), where, message);
  }

  boolean isKnown(Set<String> known) {
    return traces.stream().anyMatch(known::contains);
  }
}

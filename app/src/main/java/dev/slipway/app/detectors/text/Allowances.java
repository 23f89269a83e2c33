package dev.slipway.app.detectors.text;

import dev.slipway.agents.review.Subject;
import dev.slipway.change.SourceTree;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Comments {@code slipway:allow <rule> <reason>} by which the base branch accepts a finding. Such a
 * comment counts only where it stands on the base already: what a change adds cannot excuse it.
 */
public final class Allowances {
  private static final String MARK = "slipway:allow ";

  private final Optional<SourceTree> base;

  public Allowances(Subject subject) {
    this.base = subject.base();
  }

  /**
   * Whether the base accepts a finding of this rule at this position: by a comment on the unchanged
   * line above, or on the same line if the base's file holds that very line.
   */
  public boolean allow(String rule, NewSide side, int position) {
    return allow(rule, side.path(), side.textAt(position), side.contextAbove(position));
  }

  /** The same for a line and the unchanged line above it, empty if that is not unchanged. */
  boolean allow(String rule, String path, String line, String keptAbove) {
    return allows(keptAbove, rule) || (allows(line, rule) && baseHolds(path, line));
  }

  /** Whether the line holds an allowance of any rule. */
  static boolean isIn(String line) {
    return line.contains(MARK);
  }

  private boolean baseHolds(String path, String line) {
    return base.flatMap(tree -> tree.read(path))
        .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
        .filter(text -> text.lines().anyMatch(line::equals))
        .isPresent();
  }

  private static boolean allows(String line, String rule) {
    int mark = line.indexOf(MARK);
    if (mark < 0) {
      return false;
    }
    String rest = line.substring(mark + MARK.length()).strip();
    return rest.startsWith(rule + " ") && !rest.substring(rule.length()).isBlank();
  }
}

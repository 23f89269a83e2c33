package dev.slipway.agents.review;

import dev.slipway.change.FileChange;
import dev.slipway.change.FileChange.Line;
import dev.slipway.change.Printable;
import dev.slipway.model.VisibleText;
import dev.slipway.policy.Finding;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What of a changed file may be shown to a model, or written where people read it: no line that
 * holds a credential, and nothing hidden.
 */
public final class Redaction {
  /** Longer lines are cut: nobody reads them, and they cost. */
  private static final int LINE_CHARS_MAX = 600;

  private static final String WITHHELD = "⟨withheld: this line holds a credential⟩";

  /** What the body of a key looks like. */
  private static final Pattern ENCODED = Pattern.compile("[\\s\"'+,;]*[A-Za-z0-9+/=_-]{32,}.{0,8}");

  private final Set<Integer> withheld = new HashSet<>();

  private Redaction(FileChange file, List<Finding> findings) {
    // A finding that was read back from the record names the file as it can be printed.
    String path = Printable.of(file.path());
    findings.stream()
        .filter(it -> it.kind() == Finding.Kind.SECRET && Printable.of(it.file()).equals(path))
        .map(Finding::line)
        .forEach(withheld::add);
  }

  /**
   * The redaction of a file.
   *
   * @param findings of the review, in any file and of any kind
   */
  public static Redaction of(FileChange file, List<Finding> findings) {
    return new Redaction(file, findings);
  }

  /**
   * The line as it may be shown. A key's body has no finding of its own, nor has a credential that
   * is taken away.
   *
   * @param number where it stands in the candidate, or would if it was not deleted
   */
  public String shown(Line line, int number) {
    boolean flagged = withheld.contains(number) && !(line instanceof Line.Deleted);
    boolean body = !withheld.isEmpty() && ENCODED.matcher(line.text()).matches();
    if (flagged || body) {
      return WITHHELD;
    }
    String text = VisibleText.of(line.text());
    return text.length() <= LINE_CHARS_MAX
        ? text
        : text.substring(0, LINE_CHARS_MAX) + "⟨cut: " + text.length() + " characters⟩";
  }
}

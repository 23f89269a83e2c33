package dev.slipway.app.detectors.hidden;

import dev.slipway.agents.review.Detector;
import dev.slipway.agents.review.FileRole;
import dev.slipway.agents.review.Subject;
import dev.slipway.app.detectors.text.Allowances;
import dev.slipway.app.detectors.text.NewSide;
import dev.slipway.change.FileChange;
import dev.slipway.change.Printable;
import dev.slipway.policy.Finding;
import dev.slipway.policy.Finding.Kind;
import dev.slipway.policy.Finding.Severity;
import java.util.ArrayList;
import java.util.List;

/**
 * Text that a reviewer cannot see or reads as something else: direction overrides (Boucher,
 * Anderson, <i>Trojan Source</i>, 2021, CVE-2021-42574), zero-width characters, tag characters,
 * smuggled variation selectors, look-alike letters (CVE-2021-42694), code pushed off the screen,
 * comments that a page does not show and that tell a reviewer what to answer. Writing that needs
 * such characters is left alone.
 */
public final class HiddenTextDetector implements Detector {
  @Override
  public String name() {
    return "hidden";
  }

  @Override
  public Outcome inspect(Subject subject) {
    Allowances allowances = new Allowances(subject);
    List<Finding> findings = new ArrayList<>();
    for (FileChange file : subject.diff().files()) {
      if (file.kind() == FileChange.Kind.DELETED) {
        continue;
      }
      fileName(file, findings);
      for (NewSide side : NewSide.of(file)) {
        for (Oddity oddity : Oddities.in(side)) {
          add(side, oddity, allowances, findings);
        }
        for (Oddity oddity : Instructions.in(side)) {
          add(side, oddity, allowances, findings);
        }
      }
    }
    return new Outcome.Inspected(findings);
  }

  private static void add(
      NewSide side, Oddity oddity, Allowances allowances, List<Finding> findings) {
    boolean counts = FileRole.of(side.path()) != FileRole.GENERATED || oddity.isSmuggling();
    if (counts && !allowances.allow(oddity.rule(), side, oddity.position())) {
      findings.add(
          new Finding(
              oddity.rule(),
              Kind.HIDDEN_TEXT,
              oddity.severity(),
              side.path(),
              side.lineAt(oddity.position()),
              oddity.what()));
    }
  }

  private static void fileName(FileChange file, List<Finding> findings) {
    if (file.path().equals(file.oldPath()) && file.kind() != FileChange.Kind.ADDED) {
      return;
    }
    boolean invisible =
        file.path()
            .codePoints()
            .anyMatch(
                c ->
                    Invisible.isBidiControl(c)
                        || Invisible.isBidiMark(c)
                        || Invisible.isZeroWidth(c)
                        || Invisible.isTag(c)
                        || Character.isISOControl(c));
    boolean mixed =
        Words.in(file.path()).anyMatch(word -> Homoglyphs.of(word) == Homoglyphs.Verdict.MIXED);
    if (invisible || mixed) {
      findings.add(
          new Finding(
              "hidden.file-name",
              Kind.HIDDEN_TEXT,
              Severity.HIGH,
              file.path(),
              0,
              (invisible ? "invisible characters" : "look-alike letters of another script")
                  + " in the file's name "
                  + Printable.of(file.path())));
    }
  }
}

package dev.slipway.incident;

import dev.slipway.change.Diff;
import dev.slipway.change.FileChange;
import dev.slipway.change.Printable;
import dev.slipway.incident.ChangedLines.ChangedLine;
import dev.slipway.incident.Ranking.Side;
import dev.slipway.incident.Ranking.Suspect;
import dev.slipway.policy.Finding;
import dev.slipway.policy.Reason;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * Ranks the changed lines by what speaks for each: what the review found there, and what the line
 * does, against what was seen in production. Lines that do not run in production stand last. It
 * says where to look first; it proves nothing.
 */
final class Suspects {
  private static final int SUSPECTS_MAX = 10;

  /** What a call in a loop adds to what it is: it is made in every round. */
  private static final Trait.Weight IN_LOOP = new Trait.Weight(4, 1);

  /** Of what speaks for a line of configuration or of a manifest whatever it says. */
  private static final int BY_FILE = 3;

  private record Ranked(Suspect suspect, FilePurpose purpose) {}

  private final List<Finding> findings;
  private final Set<Symptom> symptoms;

  private Suspects(List<Finding> findings, Set<Symptom> symptoms) {
    this.findings = findings;
    this.symptoms = symptoms;
  }

  /**
   * Ranks.
   *
   * @param findings of the review
   * @param reasons why production was taken back
   */
  static Ranking rank(Diff diff, List<Finding> findings, List<Reason> reasons) {
    Set<Symptom> symptoms = Symptom.of(reasons);
    Suspects suspects = new Suspects(findings, symptoms);
    return new Ranking(
        symptoms.stream().map(Symptom::label).sorted().toList(),
        diff.size(),
        diff.files().stream()
            .flatMap(file -> suspects.of(file).stream())
            .sorted(
                Comparator.comparing((Ranked it) -> it.purpose() == FilePurpose.ELSEWHERE)
                    .thenComparing(it -> it.suspect().score(), Comparator.reverseOrder()))
            .limit(SUSPECTS_MAX)
            .map(Ranked::suspect)
            .toList());
  }

  private List<Ranked> of(FileChange file) {
    FilePurpose purpose = FilePurpose.of(file.path());
    List<Ranked> ranked = new ArrayList<>();
    for (ChangedLine line : ChangedLines.of(file, findings)) {
      Evidence evidence = new Evidence();
      file(purpose, evidence);
      findings(file, line, evidence);
      traits(line, evidence);
      if (evidence.score > 0) {
        ranked.add(new Ranked(evidence.suspect(file, line), purpose));
      }
    }
    return ranked;
  }

  private static void file(FilePurpose purpose, Evidence evidence) {
    int weight = purpose == FilePurpose.ELSEWHERE ? 0 : BY_FILE;
    purpose.reason().ifPresent(it -> evidence.add(weight, it));
  }

  /** A finding names a line of the candidate: what was removed has none. */
  private void findings(FileChange file, ChangedLine line, Evidence evidence) {
    if (line.side() == Side.REMOVED) {
      return;
    }
    String path = Printable.of(file.path());
    for (Finding finding : findings) {
      if (finding.line() == line.number() && Printable.of(finding.file()).equals(path)) {
        evidence.add(
            weight(finding),
            "the review found "
                + finding.kind().label().replace('_', ' ')
                + " ("
                + finding.severity().label()
                + "): "
                + Printable.of(finding.message()));
      }
    }
  }

  private int weight(Finding finding) {
    int grave =
        switch (finding.severity()) {
          case INFO -> 1;
          case LOW -> 2;
          case MEDIUM -> 4;
          case HIGH -> 6;
          case CRITICAL -> 8;
        };
    boolean fits =
        switch (finding.kind()) {
          case PERFORMANCE -> symptoms.contains(Symptom.SLOWER);
          case CORRECTNESS, API_BREAK -> symptoms.contains(Symptom.FAILING);
          case SCHEMA_CHANGE, NEW_INTEGRATION -> true;
          case SECRET, SUPPLY_CHAIN, SECURITY, HIDDEN_TEXT, COVERAGE_GAP, SENSITIVE_PATH -> false;
        };
    return fits ? grave : 1;
  }

  private void traits(ChangedLine line, Evidence evidence) {
    for (Trait trait : Trait.ALL) {
      Trait.Weight weight = line.side() == Side.ADDED ? trait.added() : trait.removed();
      if (weight.of(symptoms) > 0 && trait.of().test(line.words())) {
        evidence.add(
            weight.of(symptoms),
            (line.side() == Side.ADDED ? "adds " : "takes away ") + trait.phrase());
      }
    }
    if (line.loop().isPresent() && line.words().call()) {
      evidence.add(
          IN_LOOP.of(symptoms),
          "is done in every round of the loop on line " + line.loop().getAsInt());
    }
  }

  /** What speaks for one line. */
  private static final class Evidence {
    private final List<String> reasons = new ArrayList<>();
    private double score;

    void add(int weight, String reason) {
      score += weight;
      reasons.add(reason);
    }

    Suspect suspect(FileChange file, ChangedLine line) {
      return new Suspect(
          Printable.of(file.path()), line.number(), line.side(), line.shown(), score, reasons);
    }
  }
}

package dev.slipway.app.audit;

import dev.slipway.audit.AuditRecord;
import dev.slipway.audit.AuditRecord.AgentReport;
import dev.slipway.audit.AuditRecord.Approved;
import dev.slipway.audit.AuditRecord.Rested;
import dev.slipway.change.Candidate;
import dev.slipway.change.ChangeId;
import dev.slipway.change.CommitId;
import dev.slipway.change.Stage;
import dev.slipway.policy.Reason;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What people decided of changes for which the review had asked them, as examples with a label. An
 * approval overturned the review; a rejection found it right. They are made from the log's records
 * alone, and kept nowhere else.
 */
public final class Labels implements AuditVerification.Records {
  /** Who is asked by the review, and not by another gate, is asked under rules of this kind. */
  private static final String REVIEW = "review.";

  private final Map<ChangeId, Candidate> reviewed = new HashMap<>();
  private final Map<ChangeId, List<Reason>> asked = new HashMap<>();
  private final Map<CommitId, Label> labels = new LinkedHashMap<>();

  /**
   * One example.
   *
   * @param commit the candidate: what becomes the base branch if it ships
   * @param isHarmful whether the person found the review right
   * @param reasons why the review had asked
   */
  public record Label(CommitId commit, boolean isHarmful, ChangeId change, List<Reason> reasons) {
    public Label {
      reasons = List.copyOf(reasons);
    }

    /** The line of a labels file: the commit, 1 or 0, the change, the rules. */
    public String line() {
      List<String> rules = reasons.stream().map(Reason::rule).distinct().sorted().toList();
      return commit.hex()
          + " "
          + (isHarmful ? 1 : 0)
          + " "
          + change.value()
          + " "
          + String.join(",", rules);
    }
  }

  @Override
  public void take(long index, AuditRecord record) {
    switch (record) {
      case AgentReport report when report.report().stage() == Stage.REVIEW ->
          reviewed.put(report.change(), report.candidate());
      case Rested rested -> rested(rested);
      case Approved approved -> {
        List<Reason> reasons = ofReview(approved.approval().reasons());
        Candidate candidate = reviewed.get(approved.change());
        if (!reasons.isEmpty()
            && candidate != null
            && candidate.head().equals(approved.approval().head())) {
          keep(new Label(candidate.commit(), false, approved.change(), reasons));
        }
      }
      default -> {
        // Other records say nothing of what people thought of the review.
      }
    }
  }

  private void rested(Rested rested) {
    List<Reason> reasons = ofReview(rested.reasons());
    Candidate candidate = reviewed.get(rested.change());
    boolean rejected =
        rested.reasons().stream().anyMatch(it -> it.rule().equals("person.rejected"));
    if (rejected && candidate != null && asked.containsKey(rested.change())) {
      keep(
          new Label(
              candidate.commit(),
              true,
              rested.change(),
              asked.getOrDefault(rested.change(), List.of())));
    } else if (!reasons.isEmpty()) {
      asked.put(rested.change(), reasons);
    }
  }

  /** The last word counts. */
  private void keep(Label label) {
    labels.put(label.commit(), label);
  }

  private static List<Reason> ofReview(List<Reason> reasons) {
    return reasons.stream().filter(it -> it.rule().startsWith(REVIEW)).toList();
  }

  /** The examples, in the order in which people decided. */
  public List<Label> all() {
    return List.copyOf(labels.values());
  }
}

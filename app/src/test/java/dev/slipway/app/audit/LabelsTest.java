package dev.slipway.app.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.audit.AuditRecord.AgentReport;
import dev.slipway.audit.AuditRecord.Approved;
import dev.slipway.audit.AuditRecord.Rested;
import dev.slipway.audit.Stories;
import dev.slipway.change.Candidate;
import dev.slipway.change.ChangeId;
import dev.slipway.change.CommitId;
import dev.slipway.change.Stage;
import dev.slipway.policy.Approval;
import dev.slipway.policy.Reason;
import dev.slipway.policy.Report;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LabelsTest {
  private static final Instant AT = Instant.parse("2026-11-20T10:00:00Z");
  private static final Reason SECRET = new Reason("review.secret", "src/A.java:1", "a key");
  private static final Reason COVERAGE = new Reason("coverage.changed_lines", "", "too little");
  private static final Reason REJECTED = new Reason("person.rejected", "grace", "rejected: no");

  private final Labels labels = new Labels();

  private static CommitId commit(String digit) {
    return new CommitId(digit.repeat(40));
  }

  private void reviewed(String change, String digit) {
    Report report =
        new Report(
            Stage.REVIEW,
            "review/2",
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            Map.of());
    Candidate candidate = new Candidate(commit(digit), commit("e"), commit("f"));
    labels.take(0, new AgentReport(new ChangeId(change), candidate, report, "d" + change));
  }

  private void rested(String change, String state, Reason reason) {
    labels.take(0, new Rested(new ChangeId(change), "1", state, List.of(reason), AT));
  }

  private void approved(String change, CommitId head, Reason reason) {
    Approval approval = new Approval(head, List.of(reason), Stories.REVIEWER, "fine", AT);
    labels.take(0, new Approved(new ChangeId(change), approval));
  }

  @Test
  void anApprovalOverturnsTheReviewAndARejectionFindsItRight() {
    reviewed("c1", "1");
    rested("c1", "WAITING_FOR_PERSON", SECRET);
    approved("c1", commit("e"), SECRET);
    reviewed("c2", "2");
    rested("c2", "WAITING_FOR_PERSON", SECRET);
    rested("c2", "REJECTED", REJECTED);

    assertThat(labels.all())
        .extracting(Labels.Label::line)
        .containsExactly(
            "1".repeat(40) + " 0 c1 review.secret", "2".repeat(40) + " 1 c2 review.secret");
  }

  @Test
  void whatOtherGatesAskedIsNoExample() {
    reviewed("c1", "1");
    rested("c1", "WAITING_FOR_PERSON", COVERAGE);
    approved("c1", commit("e"), COVERAGE);
    reviewed("c2", "2");
    rested("c2", "WAITING_FOR_PERSON", COVERAGE);
    rested("c2", "REJECTED", REJECTED);
    reviewed("c3", "3");
    approved("c3", commit("a"), SECRET);

    assertThat(labels.all()).isEmpty();
  }

  @Test
  void theLastWordCounts() {
    reviewed("c1", "1");
    rested("c1", "WAITING_FOR_PERSON", SECRET);
    approved("c1", commit("e"), SECRET);
    rested("c1", "REJECTED", REJECTED);

    assertThat(labels.all()).extracting(Labels.Label::isHarmful).containsExactly(true);
  }
}

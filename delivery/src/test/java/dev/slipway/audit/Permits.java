package dev.slipway.audit;

import dev.slipway.audit.AuditRecord.Decision;
import dev.slipway.change.Candidate;
import dev.slipway.change.ChangeId;
import dev.slipway.change.CommitId;
import dev.slipway.change.Slot;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Permission as the audit log would give it, for tests of what may only move with one. */
public final class Permits {
  private Permits() {}

  /** The decision, as if it were in the log. */
  public static Recorded<Decision> recorded(Decision decision) {
    return new Recorded<>(decision, 0);
  }

  /** Permission to move these slots. */
  public static Recorded<Decision> of(Slot... slots) {
    Candidate candidate =
        new Candidate(
            new CommitId("c".repeat(40)),
            new CommitId("a".repeat(40)),
            new CommitId("b".repeat(40)));
    return new Recorded<>(
        new Decision(
            new ChangeId("greeter#1"),
            "test",
            AuditRecord.Effect.SHIFT,
            "a test's move",
            candidate,
            List.of(slots),
            Map.of(),
            List.of(),
            List.of(),
            "",
            "",
            "test",
            Instant.EPOCH),
        0);
  }
}

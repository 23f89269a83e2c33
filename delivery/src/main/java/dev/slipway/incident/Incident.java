package dev.slipway.incident;

import dev.slipway.change.ChangeId;
import dev.slipway.change.CommitId;
import dev.slipway.change.Slot;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The report on one rollback: what was seen, in what, what was done about it, and how to look at it
 * again. All text in it is on one line and without control characters; it is still other people's.
 *
 * @param turn the change's turn in which it came to rest; a change can be taken back more than once
 * @param state where the change stands since, as people see it
 * @param slots where it was seen
 * @param share of the traffic that the change had there; empty if it had all of it, or none
 * @param decidedAt when it was decided to go back
 * @param restoredAt when the target had confirmed that production is back
 * @param tripped why, with the numbers
 * @param timeline what happened, in order
 * @param diff what the change is
 * @param ranking the changed lines, by evidence
 * @param cause what a model holds for the cause, or why there is no such hypothesis
 * @param done what was done about it, a sentence each
 * @param reproduction how to judge again what was measured; empty if nothing was
 * @param evidence digests of what was said to a model about it, by name
 */
public record Incident(
    Subject subject,
    int turn,
    String state,
    List<Slot> slots,
    Optional<String> share,
    Instant decidedAt,
    Instant restoredAt,
    List<Tripped> tripped,
    List<Moment> timeline,
    DiffSummary diff,
    Ranking ranking,
    Cause cause,
    List<String> done,
    Optional<Reproduction> reproduction,
    Map<String, String> evidence) {

  /**
   * The change that was taken back.
   *
   * @param artifacts digest of what was built of it, by service
   */
  public record Subject(
      ChangeId change,
      String title,
      String author,
      String repository,
      String baseBranch,
      CommitId base,
      CommitId head,
      CommitId candidate,
      SortedMap<String, String> artifacts) {
    public Subject {
      artifacts = new TreeMap<>(artifacts);
    }
  }

  /** Something that happened. */
  public record Moment(Instant at, String what) {}

  public Incident {
    slots = List.copyOf(slots);
    tripped = List.copyOf(tripped);
    timeline = List.copyOf(timeline);
    done = List.copyOf(done);
    evidence = Map.copyOf(evidence);
  }

  /** Names it, and its files: the change and the turn. */
  public String name() {
    return name(subject.change(), turn);
  }

  /** The name of the incident of that turn of the change. */
  public static String name(ChangeId change, int turn) {
    return change.value() + "-" + turn;
  }

  /** Whether everything that is to be in it is: nobody is being asked any more. */
  public boolean isComplete() {
    return !(cause instanceof Cause.Asked);
  }

  /** The same with another cause, and what was said about it. */
  public Incident because(Cause newCause, Map<String, String> said) {
    return new Incident(
        subject,
        turn,
        state,
        slots,
        share,
        decidedAt,
        restoredAt,
        tripped,
        timeline,
        diff,
        ranking,
        newCause,
        done,
        reproduction,
        said);
  }
}

package dev.slipway.pipeline;

import dev.slipway.agents.Assignment.Watch;
import dev.slipway.audit.AuditRecord;
import dev.slipway.audit.AuditRecord.Decision;
import dev.slipway.change.Slot;
import dev.slipway.change.Stage;
import dev.slipway.policy.Share;
import dev.slipway.target.Epoch;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Something that is to be so outside. A state wants a set of acts; an act that is no longer wanted
 * is called off. Doing one again after a crash is harmless. Acts that move forward carry the
 * decision that permits them, to be recorded first.
 */
public sealed interface Act {
  /** Names the act within its change; a new attempt has a new key. */
  String key();

  /** An act that nothing follows from: it tells people or forges, or keeps a record. */
  sealed interface Aside extends Act {}

  /** Make the candidate and find out what it concerns. */
  record Prepare(String key, ChangeState of, AuditRecord.Opened opened) implements Act {}

  /** Let the stage's agent find out what its gate needs. */
  record Inspect(String key, ChangeState of, Stage stage, Optional<Watch> watch, Decision permit)
      implements Act {}

  /** Move the change's branch to the tests that were proposed for it. */
  record AddTests(String key, ChangeState of, Decision permit) implements Act {}

  /** Build the artifacts, once. */
  record Build(String key, ChangeState of, Decision permit) implements Act {}

  /** Run the candidate's artifacts in staging. */
  record DeployToStaging(String key, ChangeState of, Map<Slot, Epoch> epochs, Decision permit)
      implements Act {}

  /** Install the base branch's own version where nothing runs yet. */
  record InstallBase(String key, ChangeState of, Map<Slot, Epoch> epochs, Decision permit)
      implements Act {}

  /** Give the candidate this share of the slot's traffic. */
  record Shift(String key, ChangeState of, Slot slot, Share share, Epoch epoch, Decision permit)
      implements Act {}

  /** Move the base branch to the candidate. */
  record Merge(String key, ChangeState of, Decision permit) implements Act {}

  /** Make the candidate the stable version everywhere. */
  record Promote(String key, ChangeState of, Map<Slot, Epoch> epochs, Decision permit)
      implements Act {}

  /** Give all traffic back to the stable version. Needs no permit. */
  record RollBack(
      String key, ChangeState of, Map<Slot, Epoch> epochs, AuditRecord.RolledBack afterwards)
      implements Act {}

  /**
   * Put back what ran before the change, wherever the change is what runs.
   *
   * @param permit says the places; what goes there is filled in from what was released before
   */
  record Withdraw(String key, ChangeState of, Map<Slot, Epoch> epochs, Decision permit)
      implements Act {}

  /** Open a change that takes out of the base branch what was taken back from production. */
  record Revert(String key, ChangeState of) implements Aside {}

  /** Hold the slot's lease for as long as this is wanted. The engine does this one. */
  record HoldLease(String key, Slot slot, int priority) implements Act {}

  /** Send the signal at this time. The engine does this one. */
  record Timer(String key, Instant at, Signal signal) implements Act {}

  /** Make the record durable, however long it takes. */
  record Keep(String key, AuditRecord record) implements Aside {}

  /** Show on the forge where the change stands. */
  record Tell(String key, ChangeState of) implements Aside {}

  /** Call a person to decide. */
  record Escalate(String key, ChangeState of) implements Aside {}

  /** Find out why production was taken back, and write it down. */
  record ReportIncident(String key, ChangeState of) implements Aside {}

  /** Wake somebody. */
  record Alarm(String key, ChangeState of, String title, String text) implements Aside {}
}

package dev.slipway.audit;

import dev.slipway.change.Artifact;
import dev.slipway.change.Candidate;
import dev.slipway.change.ChangeId;
import dev.slipway.change.PullRequest;
import dev.slipway.change.ServiceName;
import dev.slipway.change.Slot;
import dev.slipway.policy.Approval;
import dev.slipway.policy.Judgement;
import dev.slipway.policy.Reason;
import dev.slipway.policy.Report;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * One entry of the audit log. Every kind has a stable name and a version in its JSON form; what it
 * says is a function of what happened, so that appending it again after a crash gives the same
 * bytes.
 */
public sealed interface AuditRecord {
  /** The change it concerns. */
  ChangeId change();

  /** Names this very record: appended twice under one key, it is one entry. */
  String key();

  /** A pull request entered the pipeline, with the options it was given. */
  record Opened(
      ChangeId change, PullRequest pull, Map<String, String> options, String version, Instant at)
      implements AuditRecord {
    @Override
    public String key() {
      return change + "/opened/" + pull.head();
    }
  }

  /**
   * What an agent reported.
   *
   * @param digest content digest of the report, which makes a repeated run a record of its own
   */
  record AgentReport(ChangeId change, Candidate candidate, Report report, String digest)
      implements AuditRecord {
    @Override
    public String key() {
      return change + "/report/" + report.stage().label() + "/" + digest;
    }
  }

  /**
   * Permission for one step forward, with all that it rests on. Its bytes are durable before the
   * step.
   *
   * @param permits what may be done, such as {@code canary 5 %}
   * @param step unique within the change; the same step decided again is the same record
   * @param slots the places that may be moved
   * @param artifacts what may be moved there
   * @param judgements the verdict of every stage passed so far
   * @param approvals what people decided
   * @param configuration digest of the base branch's configuration
   * @param policy digest of the limits in force
   * @param version version of Slipway
   */
  record Decision(
      ChangeId change,
      String step,
      String permits,
      Candidate candidate,
      List<Slot> slots,
      Map<ServiceName, Artifact> artifacts,
      List<Judgement> judgements,
      List<Approval> approvals,
      String configuration,
      String policy,
      String version,
      Instant at)
      implements AuditRecord {
    public Decision {
      slots = List.copyOf(slots);
      artifacts = Map.copyOf(artifacts);
      judgements = List.copyOf(judgements);
      approvals = List.copyOf(approvals);
    }

    @Override
    public String key() {
      return change + "/decision/" + step;
    }
  }

  /** A step that was permitted has been done. */
  record Done(ChangeId change, String step, String what, Instant at) implements AuditRecord {
    @Override
    public String key() {
      return change + "/done/" + step;
    }
  }

  /** Production went back to the stable version, and why. */
  record RolledBack(
      ChangeId change, String step, List<Slot> slots, List<Reason> reasons, Instant at)
      implements AuditRecord {
    public RolledBack {
      slots = List.copyOf(slots);
      reasons = List.copyOf(reasons);
    }

    @Override
    public String key() {
      return change + "/rolled-back/" + step;
    }
  }

  /** A person let a change go on. */
  record Approved(ChangeId change, Approval approval) implements AuditRecord {
    @Override
    public String key() {
      return change + "/approved/" + approval.head() + "/" + approval.at();
    }
  }

  /** The change came to rest: it waits for a person, or it ended. */
  record Rested(ChangeId change, String step, String state, List<Reason> reasons, Instant at)
      implements AuditRecord {
    public Rested {
      reasons = List.copyOf(reasons);
    }

    @Override
    public String key() {
      return change + "/rested/" + step;
    }
  }
}

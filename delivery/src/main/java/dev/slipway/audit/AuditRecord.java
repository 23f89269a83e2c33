package dev.slipway.audit;

import static java.time.ZoneOffset.UTC;

import dev.slipway.change.Artifact;
import dev.slipway.change.Candidate;
import dev.slipway.change.ChangeId;
import dev.slipway.change.Digest;
import dev.slipway.change.FlagChange;
import dev.slipway.change.Person;
import dev.slipway.change.PullRequest;
import dev.slipway.change.ServiceName;
import dev.slipway.change.Slot;
import dev.slipway.change.Stage;
import dev.slipway.policy.Approval;
import dev.slipway.policy.Judgement;
import dev.slipway.policy.Reason;
import dev.slipway.policy.Report;
import dev.slipway.policy.Thresholds;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One entry of the audit log. Every kind has a stable name and a version in its JSON form; what it
 * says is a function of what happened, so that appending it again after a crash gives the same
 * bytes.
 */
public sealed interface AuditRecord {
  /** The rule of the reason that a person gives for taking back a change that has shipped. */
  String WITHDRAWN = "person.withdrew";

  /** The rule of the reason why a gate did not run in an emergency. */
  String EMERGENCY_SKIPPED = "emergency.skipped";

  /** The rule of the reason for which somebody else reviews what shipped in an emergency. */
  String EMERGENCY_REVIEW = "emergency.review";

  /** The option, recorded with the change, that names the gates that an emergency skips. */
  String EMERGENCY_SKIPS = "emergency_skips";

  /** The rule of the reason that a person gives for ending a canary's watch before its time. */
  String PROMOTED_EARLY = "person.promoted_early";

  /** Names this very record: appended twice under one key, it is one entry. */
  String key();

  /**
   * The same without the version of Slipway that wrote it: an act that began before an upgrade and
   * is taken up again after it is still the same record.
   */
  default AuditRecord withoutVersion() {
    return this;
  }

  /** A record of one change. */
  sealed interface OfChange extends AuditRecord {
    /** The change it concerns. */
    ChangeId change();

    /** Digests of the content that it names beside the log, by name. */
    default Map<String, String> evidence() {
      return Map.of();
    }
  }

  /** A record of how the server itself was run. */
  sealed interface Administrative extends AuditRecord {
    Instant at();
  }

  /** What a step does outside. */
  enum Effect {
    /** It only looks. */
    INSPECT,
    /** It adds tests, and nothing else, to the change's own branch. */
    ADD_TESTS,
    /** It makes the artifacts. */
    BUILD,
    /** It runs the candidate in staging. */
    STAGE,
    /** It installs the base branch's own version where production is still empty. */
    INSTALL_BASE,
    /** It brings production's database to what the candidate needs. Nothing reverses it. */
    MIGRATE,
    /** It gives the candidate a share of production's traffic. */
    SHIFT,
    /** It moves the base branch to the candidate. */
    MERGE,
    /** It makes the candidate what production runs. */
    PROMOTE,
    /** It puts back what ran before a change that has shipped; a person's word is all it needs. */
    WITHDRAW;

    /** Whether it needs every gate passed, or a person's word. */
    public boolean movesProduction() {
      return switch (this) {
        case INSPECT, ADD_TESTS, BUILD, STAGE -> false;
        case INSTALL_BASE, MIGRATE, SHIFT, MERGE, PROMOTE, WITHDRAW -> true;
      };
    }
  }

  /** A pull request entered the pipeline, with the options it was given. */
  record Opened(
      ChangeId change, PullRequest pull, Map<String, String> options, String version, Instant at)
      implements OfChange {
    @Override
    public String key() {
      return change + "/opened/" + pull.head();
    }

    @Override
    public Opened withoutVersion() {
      return new Opened(change, pull, options, "", at);
    }
  }

  /**
   * What the base branch's configuration and the server's ceilings ask of a candidate.
   *
   * @param stages the gates that apply to it
   * @param production the places it goes to
   * @param limits the limits in force
   * @param reviewers logins who may approve; empty means anyone but the author
   * @param configuration digest of the base branch's configuration
   */
  record Planned(
      ChangeId change,
      Candidate candidate,
      List<Stage> stages,
      List<Slot> production,
      Thresholds limits,
      List<String> reviewers,
      String configuration)
      implements OfChange {
    public Planned {
      stages = List.copyOf(stages);
      production = List.copyOf(production);
      reviewers = List.copyOf(reviewers);
    }

    /** Made again under other limits, it is another record. */
    @Override
    public String key() {
      String content = stages + "\n" + production + "\n" + limits + "\n" + reviewers;
      return change
          + "/planned/"
          + candidate.commit()
          + "/"
          + configuration
          + "/"
          + Digest.of(content.getBytes(StandardCharsets.UTF_8)).hex();
    }
  }

  /**
   * What an agent reported.
   *
   * @param digest content digest of the report, which makes a repeated run a record of its own
   */
  record AgentReport(ChangeId change, Candidate candidate, Report report, String digest)
      implements OfChange {
    @Override
    public String key() {
      return change + "/report/" + report.stage().label() + "/" + digest;
    }

    @Override
    public Map<String, String> evidence() {
      return report.evidence();
    }
  }

  /**
   * Permission for one step forward, with all that it rests on. Its bytes are durable before the
   * step.
   *
   * @param step unique within the change; the same step decided again is the same record
   * @param effect what the step does outside
   * @param permits what may be done, for people, such as {@code serve 5 % of production/orders}
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
      Effect effect,
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
      implements OfChange {
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

    /** Permission for something else beside this step, resting on the same. */
    public Decision beside(
        String name,
        Effect other,
        String what,
        List<Slot> places,
        Map<ServiceName, Artifact> others) {
      return with(step + "/" + name, other, what, places, others, version);
    }

    /** The same permission for other artifacts. */
    public Decision moving(Map<ServiceName, Artifact> others) {
      return with(step, effect, permits, slots, others, version);
    }

    @Override
    public Decision withoutVersion() {
      return with(step, effect, permits, slots, artifacts, "");
    }

    private Decision with(
        String newStep,
        Effect newEffect,
        String newPermits,
        List<Slot> newSlots,
        Map<ServiceName, Artifact> newArtifacts,
        String newVersion) {
      return new Decision(
          change,
          newStep,
          newEffect,
          newPermits,
          candidate,
          newSlots,
          newArtifacts,
          judgements,
          approvals,
          configuration,
          policy,
          newVersion,
          at);
    }
  }

  /**
   * A step that was permitted has been done.
   *
   * @param artifacts what the step put where it says; the base version's own where that was
   *     installed
   * @param at when the step was entered, so that doing it again after a crash is the same record
   */
  record Done(
      ChangeId change, String step, String what, Map<ServiceName, Artifact> artifacts, Instant at)
      implements OfChange {
    public Done {
      artifacts = Map.copyOf(artifacts);
    }

    @Override
    public String key() {
      return change + "/done/" + step;
    }
  }

  /** Production went back to the stable version, and why. */
  record RolledBack(
      ChangeId change, String step, List<Slot> slots, List<Reason> reasons, Instant at)
      implements OfChange {
    public RolledBack {
      slots = List.copyOf(slots);
      reasons = List.copyOf(reasons);
    }

    @Override
    public String key() {
      return change + "/rolled-back/" + step;
    }
  }

  /**
   * What happened in production was written down for people.
   *
   * @param evidence digests of the report, and of what was said to a model about it, by name
   * @param at when the change came to rest
   */
  record IncidentReported(ChangeId change, String step, Map<String, String> evidence, Instant at)
      implements OfChange {
    public IncidentReported {
      evidence = Map.copyOf(evidence);
    }

    /** Written again after a crash, it may say something else: then it is another record. */
    @Override
    public String key() {
      String content = new TreeMap<>(evidence).toString();
      return change
          + "/incident/"
          + step
          + "/"
          + Digest.of(content.getBytes(StandardCharsets.UTF_8)).hex();
    }
  }

  /** A person let a change go on. */
  record Approved(ChangeId change, Approval approval) implements OfChange {
    @Override
    public String key() {
      return change + "/approved/" + approval.head() + "/" + approval.at();
    }
  }

  /** The change came to rest: it waits for a person, or it ended. */
  record Rested(ChangeId change, String step, String state, List<Reason> reasons, Instant at)
      implements OfChange {
    public Rested {
      reasons = List.copyOf(reasons);
    }

    @Override
    public String key() {
      return change + "/rested/" + step;
    }
  }

  /**
   * The server started, and what is in force from here on. A new key, another configuration or a
   * missing sandbox shows here first.
   *
   * @param keys verifiers of the log, the newest first
   * @param witnesses who is shown each checkpoint; empty if nobody is
   * @param configuration digest of the server's configuration
   * @param sandbox what confines the commands of changes
   * @param entries how many entries the log had; 0 at the very first start
   */
  record Started(
      String version,
      List<String> keys,
      List<String> witnesses,
      String configuration,
      Thresholds ceilings,
      String sandbox,
      long entries,
      Instant at)
      implements Administrative {
    public Started {
      keys = List.copyOf(keys);
      witnesses = List.copyOf(witnesses);
    }

    @Override
    public String key() {
      return "server/started/" + at;
    }
  }

  /** An administrative act. */
  enum Administration {
    ROLE,
    SIGN_IN,
    KEY,
    CONFIGURATION,
    FREEZE,
    HOLD,
    RELEASE,
    SANDBOX_EXCEPTION,
    RESTORE
  }

  /**
   * A person changed how the server is run.
   *
   * @param subject what was changed, such as an environment or a login
   * @param detail how, for people
   */
  record Administered(Administration what, String subject, String detail, Person by, Instant at)
      implements Administrative {
    @Override
    public String key() {
      return "server/administered/" + what + "/" + at;
    }
  }

  /** Content beside the log was erased; entries that name its digest still do. */
  record Erased(Digest digest, String reason, Person by, Instant at) implements Administrative {
    @Override
    public String key() {
      return "server/erased/" + digest.hex() + "/" + at;
    }
  }

  /** Somebody switched a feature flag; what canaries showed at that time does not count. */
  record FlagChanged(FlagChange told) implements Administrative {
    /** When the flag was switched, which may be told later. */
    @Override
    public Instant at() {
      return told.at();
    }

    @Override
    public String key() {
      return "server/flag-changed/" + told.id();
    }
  }

  /**
   * What runs or was merged is not what the log says.
   *
   * @param place where, such as {@code production/orders} or a repository's branch
   * @param found what is there
   * @param detail what the log says instead, for people
   */
  record Discrepancy(String place, String found, String detail, Instant at)
      implements Administrative {
    /** The same discrepancy is recorded once a day (UTC), as long as it lasts. */
    @Override
    public String key() {
      return "server/discrepancy/" + LocalDate.ofInstant(at, UTC) + "/" + place + "/" + found;
    }
  }
}

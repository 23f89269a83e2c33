package dev.slipway.pipeline;

import dev.slipway.audit.AuditRecord.IncidentReported;
import dev.slipway.audit.AuditRecord.OfChange;
import dev.slipway.change.Candidate;
import dev.slipway.change.ChangeId;
import dev.slipway.change.Diff;
import dev.slipway.change.Printable;
import dev.slipway.change.Slot;
import dev.slipway.evidence.EvidenceStore;
import dev.slipway.incident.Cause;
import dev.slipway.incident.Hypotheses;
import dev.slipway.incident.Incident;
import dev.slipway.incident.Incident.Moment;
import dev.slipway.incident.Incidents;
import dev.slipway.incident.Rollback;
import dev.slipway.model.Conversation;
import dev.slipway.model.Conversations;
import dev.slipway.notification.Notifier;
import dev.slipway.policy.Approval;
import dev.slipway.policy.Judgement;
import dev.slipway.policy.judge.Recording;
import dev.slipway.project.Budget;
import dev.slipway.project.Projects;
import dev.slipway.project.RolloutPlan;
import dev.slipway.telemetry.RecordingText;
import dev.slipway.workspace.Workspace;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Finds out why production was taken back, and writes it down. The evidence is there within
 * moments, and people are told where; a hypothesis of the model, which takes longer and may never
 * come, is added to it.
 */
public final class Investigation {
  private static final String UNHEALTHY = "deploy.unhealthy";

  private final Function<ChangeId, List<OfChange>> records;
  private final Workspace workspace;
  private final Projects projects;
  private final EvidenceStore evidence;
  private final Conversations conversations;
  private final Incidents incidents;
  private final Notifier notifier;

  /**
   * @param records what the audit log has of a change, in order
   */
  public Investigation(
      Function<ChangeId, List<OfChange>> records,
      Workspace workspace,
      Projects projects,
      EvidenceStore evidence,
      Conversations conversations,
      Incidents incidents,
      Notifier notifier) {
    this.records = records;
    this.workspace = workspace;
    this.projects = projects;
    this.evidence = evidence;
    this.conversations = conversations;
    this.incidents = incidents;
    this.notifier = notifier;
  }

  /** Whether the change rests because of what was seen of it in production. */
  public static boolean isDue(ChangeState state) {
    return switch (state.step()) {
      case ROLLED_BACK -> state.withdrawal().isPresent() || isSeen(state);
      case WAITING_FOR_PERSON -> isSeen(state);
      default -> false;
    };
  }

  /** Everything else that takes production back is nothing that production showed. */
  private static boolean isSeen(ChangeState state) {
    String shifting = Step.SHIFTING.name().toLowerCase(Locale.ROOT);
    return state.reasons().stream()
        .anyMatch(
            it ->
                it.rule().startsWith("canary.")
                    || (it.rule().equals(UNHEALTHY) && it.subject().equals(shifting)));
  }

  /**
   * Writes the report and tells people. Done again after a crash, it goes on from what is written.
   *
   * @return what is to be recorded of it
   */
  IncidentReported report(ChangeState state) throws InterruptedException {
    String name = Incident.name(state.pull().id(), state.turn());
    Rollback rollback = rollback(state);
    Optional<Recording> recording = rollback.recording().flatMap(evidence::find).map(this::read);
    Optional<Incident> before = incidents.find(name).filter(Incident::isComplete);
    Optional<Hypotheses> hypotheses = before.isPresent() ? Optional.empty() : hypotheses(rollback);
    Incident incident =
        before.orElseGet(() -> rollback.incident(recording, cause(rollback, hypotheses)));
    Incidents.Kept kept = incidents.keep(incident, recording);
    tell(kept);
    if (hypotheses.isPresent()) {
      Cause cause = hypotheses.get().cause(incident);
      kept =
          incidents.keep(incident.because(cause, hypotheses.get().account().evidence()), recording);
    }
    Map<String, String> named = new TreeMap<>(kept.incident().evidence());
    named.put(
        "incident", evidence.keep(kept.document().getBytes(StandardCharsets.UTF_8)).toString());
    return new IncidentReported(
        state.pull().id(), Integer.toString(state.turn()), named, state.since());
  }

  private Recording read(byte[] content) {
    return RecordingText.parse(new String(content, StandardCharsets.UTF_8));
  }

  /** Empty if no model is configured, or there is nothing to show it. */
  private Optional<Hypotheses> hypotheses(Rollback rollback) {
    Diff diff = rollback.diff();
    return diff.files().isEmpty()
        ? Optional.empty()
        : conversation(rollback).map(it -> new Hypotheses(it, diff, rollback.findings()));
  }

  private Optional<Conversation> conversation(Rollback rollback) {
    Incident.Subject subject = rollback.subject();
    Budget budget =
        projects.at(subject.repository(), subject.base()) instanceof Projects.Reading.Configured it
            ? it.project().budget()
            : Budget.DEFAULT;
    return conversations.about(subject.change(), budget);
  }

  private static Cause cause(Rollback rollback, Optional<Hypotheses> hypotheses) {
    return hypotheses
        .<Cause>map(it -> new Cause.Asked(it.model()))
        .orElseGet(
            () ->
                new Cause.RankedEvidence(
                    rollback.diff().files().isEmpty()
                        ? "there is nothing of the change to show a model"
                        : "no model is configured"));
  }

  private void tell(Incidents.Kept kept) {
    Incident incident = kept.incident();
    notifier.alarm(
        incident.subject().change()
            + " was taken back from "
            + incident.slots().stream().map(Slot::toString).collect(Collectors.joining(", ")),
        incident.tripped().getFirst().message() + " Incident report: " + kept.place());
  }

  private Rollback rollback(ChangeState state) {
    ChangePlan.Leg leg = state.thePlan().production().get(state.position().leg());
    RolloutPlan.Step watched = leg.steps().get(state.position().share());
    boolean withdrawn = state.withdrawal().isPresent();
    return new Rollback(
        subject(state),
        state.turn(),
        state.state(),
        withdrawn ? slots(state) : List.of(leg.slot()),
        withdrawn ? Optional.empty() : Optional.of(watched.share()),
        watched.watch(),
        state.thePlan().limits(),
        state.reasons(),
        records.apply(state.pull().id()),
        stages(state),
        diff(state),
        state.since(),
        done(state));
  }

  private static List<Slot> slots(ChangeState state) {
    return state.thePlan().production().stream().map(ChangePlan.Leg::slot).toList();
  }

  private static Incident.Subject subject(ChangeState state) {
    Candidate candidate = state.theCandidate();
    TreeMap<String, String> artifacts = new TreeMap<>();
    state
        .artifacts()
        .forEach((service, it) -> artifacts.put(service.value(), it.digest().toString()));
    return new Incident.Subject(
        state.pull().id(),
        Printable.of(state.pull().title()),
        Printable.of(state.pull().author().login()),
        state.pull().repository(),
        state.pull().baseBranch(),
        candidate.base(),
        candidate.head(),
        candidate.commit(),
        artifacts);
  }

  /** A repository that is gone takes its lines along, and nothing else of the report. */
  private Diff diff(ChangeState state) {
    Candidate candidate = state.theCandidate();
    try {
      return workspace.diff(state.pull().repository(), candidate.base(), candidate.commit());
    } catch (UncheckedIOException e) {
      return new Diff(
          List.of(),
          new Diff.Completeness.Truncated("the repository cannot be read: " + e.getMessage()));
    }
  }

  private static List<Moment> stages(ChangeState state) {
    List<Moment> stages = new ArrayList<>();
    for (ChangeState.Timing timing : state.timings()) {
      state.judgements().stream()
          .filter(it -> it.stage() == timing.stage())
          .findFirst()
          .flatMap(it -> timing.endedAt().map(at -> new Moment(at, verdict(it))))
          .ifPresent(stages::add);
    }
    return stages;
  }

  private static String verdict(Judgement judgement) {
    return judgement.stage().label() + ": " + judgement.verdict().label().replace('_', ' ');
  }

  private static List<String> done(ChangeState state) {
    List<String> done = new ArrayList<>();
    String slots = slots(state).stream().map(Slot::toString).collect(Collectors.joining(", "));
    Optional<Approval> word = state.withdrawal();
    if (word.isPresent()) {
      done.add(
          Printable.of("%s took it back: %s".formatted(word.get().by(), word.get().comment())));
      done.add("What ran before was put back in " + slots + ", wherever the change ran.");
      done.add("No other change goes there by itself until base branch and production agree.");
      done.add("A change that reverts it was asked for: " + Reversal.of(state).branch() + ".");
    } else {
      done.add("All traffic of " + slots + " was given back to the stable version.");
      done.add(
          state.step() == Step.ROLLED_BACK
              ? "The change has ended."
              : "The change waits for a person, who may let it be tried again.");
    }
    done.add(
        "What was built of it is known as bad: it goes there again only with a person's word.");
    return done;
  }
}

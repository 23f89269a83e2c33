package dev.slipway.audit;

import dev.slipway.audit.AuditRecord.Decision;
import dev.slipway.audit.AuditRecord.Opened;
import dev.slipway.audit.AuditRecord.Planned;
import dev.slipway.change.Artifact;
import dev.slipway.change.CommitId;
import dev.slipway.change.Digest;
import dev.slipway.change.Person;
import dev.slipway.change.ServiceName;
import dev.slipway.change.Stage;
import dev.slipway.policy.Approval;
import dev.slipway.policy.Disposition;
import dev.slipway.policy.Judgement;
import dev.slipway.policy.Policy;
import dev.slipway.policy.Reason;
import dev.slipway.policy.Report;
import dev.slipway.policy.Verdict;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a decision to move production rests on: the records before it.
 *
 * @param reports the latest report of each stage on the plan's candidate
 * @param approvals every approval recorded so far
 * @param heads the heads the change has had, the present one last: between them lie only tests that
 *     Slipway added, so approvals of all of them count
 * @param staged what was deployed to staging for the plan's candidate
 */
record Warrant(
    Opened opened,
    Planned plan,
    Map<Stage, Report> reports,
    List<Approval> approvals,
    List<CommitId> heads,
    Map<ServiceName, Artifact> staged) {
  /** Consent to this can be the author's own: it is no exception, it is a beginning. */
  private static final String FIRST_DEPLOYMENT = "deployment.first";

  /** Why the decision does not hold; empty if it does. */
  List<String> objections(Decision decision) {
    List<String> objections = new ArrayList<>();
    Digest policy = Digest.of(plan.limits().toString().getBytes(StandardCharsets.UTF_8));
    if (!decision.configuration().equals(plan.configuration())
        || !decision.policy().equals(policy.toString())) {
      objections.add("it follows other rules than the ones its plan records");
    }
    if (!plan.production().containsAll(decision.slots())) {
      objections.add("it moves what its plan does not name");
    }
    if (plan.stages().contains(Stage.STAGING)
        && !skips(Stage.STAGING)
        && !decision.artifacts().equals(staged)) {
      objections.add("its artifacts are not the ones that were deployed to staging");
    }
    List<Approval> counted = new ArrayList<>();
    for (Approval approval : decision.approvals()) {
      Optional<String> flaw = flaw(approval);
      flaw.ifPresentOrElse(objections::add, () -> counted.add(approval.carriedTo(head())));
    }
    for (Stage stage : plan.stages()) {
      flaw(stage, decision, counted).ifPresent(objections::add);
    }
    return objections;
  }

  /** Why an approval does not count; empty if it does. */
  private Optional<String> flaw(Approval approval) {
    String by = "the approval by " + approval.by();
    if (!approvals.contains(approval)) {
      return Optional.of(by + " is not recorded before it");
    }
    if (!heads.contains(approval.head())) {
      return Optional.of(by + " is for another commit");
    }
    if (approval.by().kind() == Person.Kind.BOT) {
      return Optional.of(by + " is a bot's");
    }
    if (approval.reasons().stream().allMatch(it -> it.rule().equals(FIRST_DEPLOYMENT))) {
      return Optional.empty();
    }
    if (approval.by().login().equalsIgnoreCase(opened.pull().author().login())) {
      return Optional.of(by + " is the author's own");
    }
    boolean reviewer =
        plan.reviewers().isEmpty()
            || plan.reviewers().stream().anyMatch(approval.by().login()::equalsIgnoreCase);
    return reviewer ? Optional.empty() : Optional.of(by + " is by nobody who may approve");
  }

  private CommitId head() {
    return plan.candidate().head();
  }

  /** Why a gate does not let the change pass; empty if it does. */
  private Optional<String> flaw(Stage stage, Decision decision, List<Approval> counted) {
    Optional<Judgement> recorded =
        decision.judgements().stream().filter(it -> it.stage() == stage).findFirst();
    if (recorded.isEmpty()) {
      return Optional.of("the gate of " + stage.label() + " did not judge it");
    }
    if (skips(stage) && isSkipped(recorded.get())) {
      return Optional.empty();
    }
    Optional<Judgement> worked =
        Optional.ofNullable(reports.get(stage))
            .map(report -> new Policy(plan.limits()).judge(report, head(), counted));
    if (worked.isPresent() && same(worked.get().verdict(), recorded.get().verdict())) {
      return standing(stage, worked.get().disposition());
    }
    if (worked.isPresent() && isFinal(worked.get().disposition())) {
      return Optional.of("the report of " + stage.label() + " does not give the recorded verdict");
    }
    return unmeasured(stage, recorded.get(), counted);
  }

  /** Whether the change was opened as an emergency without this gate, on record before it moved. */
  private boolean skips(Stage stage) {
    String skipped = opened.options().getOrDefault(AuditRecord.EMERGENCY_SKIPS, "");
    return stage != Stage.DEPLOYMENT && List.of(skipped.split(",")).contains(stage.label());
  }

  private static boolean isSkipped(Judgement judgement) {
    return judgement.verdict() instanceof Verdict.NotRun notRun
        && notRun.reasons().stream()
            .allMatch(it -> it.rule().equals(AuditRecord.EMERGENCY_SKIPPED));
  }

  /** The words may differ between versions; the rules and what they concern may not. */
  private static boolean same(Verdict worked, Verdict recorded) {
    return worked.label().equals(recorded.label())
        && subset(worked.reasons(), recorded.reasons())
        && subset(recorded.reasons(), worked.reasons());
  }

  private static boolean subset(List<Reason> some, List<Reason> all) {
    return some.stream().allMatch(reason -> all.stream().anyMatch(reason::sameAs));
  }

  private static boolean isFinal(Disposition disposition) {
    return switch (disposition) {
      case Disposition.Stop ignored -> true;
      case Disposition.RollBack ignored -> true;
      case Disposition.Proceed ignored -> false;
      case Disposition.Ask ignored -> false;
    };
  }

  private static Optional<String> standing(Stage stage, Disposition disposition) {
    return switch (disposition) {
      case Disposition.Proceed ignored -> Optional.empty();
      case Disposition.Ask ask -> Optional.of(unapproved(stage, ask.reasons()));
      case Disposition.Stop stop -> Optional.of(failed(stage, stop.reasons()));
      case Disposition.RollBack back -> Optional.of(failed(stage, back.reasons()));
    };
  }

  /** What the pipeline itself stated, such as a stage that did not run: a person must cover it. */
  private Optional<String> unmeasured(Stage stage, Judgement judgement, List<Approval> counted) {
    if (judgement.verdict() instanceof Verdict.Pass) {
      return Optional.of("no report gives the pass of " + stage.label());
    }
    if (judgement.verdict() instanceof Verdict.NotRun notRun
        && judgement.disposition() instanceof Disposition.Ask ask
        && subset(notRun.reasons(), ask.reasons())) {
      List<Reason> open =
          ask.reasons().stream()
              .filter(reason -> counted.stream().noneMatch(it -> it.covers(head(), reason)))
              .toList();
      return open.isEmpty() ? Optional.empty() : Optional.of(unapproved(stage, open));
    }
    return Optional.of("no report gives the verdict of " + stage.label());
  }

  private static String unapproved(Stage stage, List<Reason> reasons) {
    return "the gate of "
        + stage.label()
        + " asked for a person, and nobody who may approved "
        + named(reasons);
  }

  private static String failed(Stage stage, List<Reason> reasons) {
    return "the gate of " + stage.label() + " did not pass: " + named(reasons);
  }

  private static String named(List<Reason> reasons) {
    return reasons.stream().map(Reason::rule).distinct().collect(Collectors.joining(", "));
  }
}

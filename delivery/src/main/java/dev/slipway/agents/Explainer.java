package dev.slipway.agents;

import dev.slipway.agents.Explanation.Concern;
import dev.slipway.change.Candidate;
import dev.slipway.change.FileChange;
import dev.slipway.change.Printable;
import dev.slipway.model.Account;
import dev.slipway.model.Conversation;
import dev.slipway.model.Conversations;
import dev.slipway.model.Passage;
import dev.slipway.model.Prompt;
import dev.slipway.model.Question;
import dev.slipway.model.Redacted;
import dev.slipway.model.Reply;
import dev.slipway.policy.Check;
import dev.slipway.policy.Finding;
import dev.slipway.policy.Measurement;
import dev.slipway.policy.Policy;
import dev.slipway.policy.Reason;
import dev.slipway.policy.Report;
import dev.slipway.policy.Verdict;
import dev.slipway.workspace.Workspace;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Has the model say, where a gate objects to a report, what may be behind that. Its words become a
 * note; its concerns become findings, for which a person is asked. It takes nothing away: whatever
 * it says, or if it says nothing, what the gate objects to stays. Where the gate is content the
 * model is not asked.
 */
public final class Explainer {
  private static final Prompt EXPLAIN = Prompt.beside(Explainer.class, "gate.explain", 1);
  private static final int REPLY_TOKENS_MAX = 2_000;
  private static final int CONCERNS_MAX = 5;
  private static final int FILES_MAX = 200;
  private static final int FACTS_CHARS_MAX = 20_000;
  private static final int WORDS_CHARS_MAX = 4_000;

  private final Workspace workspace;
  private final Conversations conversations;

  public Explainer(Workspace workspace, Conversations conversations) {
    this.workspace = workspace;
    this.conversations = conversations;
  }

  /**
   * The report with what the model says of it; the report itself where no model is configured or
   * there is nothing to explain.
   *
   * @throws InterruptedException when it is no longer wanted
   */
  public Report explained(Assignment assignment, Report report) throws InterruptedException {
    List<Reason> objections = objections(assignment, report);
    Optional<Conversation> conversation =
        objections.isEmpty()
            ? Optional.empty()
            : conversations.about(assignment.pull().id(), assignment.project().budget());
    if (conversation.isEmpty()) {
      return report;
    }
    Conversation open = conversation.get();
    List<FileChange> files = files(assignment);
    return switch (open.ask(question(assignment, report, objections, files))) {
      case Reply.Answered<Explanation>(Explanation answer, _, _) ->
          with(report, answer, files, open.account());
      case Reply.Invalid<Explanation>(String why, _, _) ->
          without(report, open, "its reply could not be used, nor could the repaired one: " + why);
      case Reply.Refused<Explanation>(String why, _) -> without(report, open, why);
      case Reply.OverBudget<Explanation>(String bound) ->
          without(report, open, "the budget is spent: " + bound);
      case Reply.Unavailable<Explanation>(String why, _) -> without(report, open, why);
    };
  }

  /** What the gate objects to after something was tried; nothing where it was not. */
  private static List<Reason> objections(Assignment assignment, Report report) {
    if (report.checks().isEmpty() && report.measurements().isEmpty()) {
      return List.of();
    }
    Verdict verdict =
        new Policy(assignment.limits())
            .judge(report, assignment.pull().head(), List.of())
            .verdict();
    return switch (verdict) {
      case Verdict.Fail(List<Reason> reasons) -> reasons;
      case Verdict.Inconclusive(List<Reason> reasons) -> reasons;
      case Verdict.NotRun ignored -> List.of();
      case Verdict.Pass ignored -> List.of();
      case Verdict.NotApplicable ignored -> List.of();
    };
  }

  private List<FileChange> files(Assignment assignment) {
    Candidate candidate = assignment.candidate();
    return workspace
        .diff(assignment.pull().repository(), candidate.base(), candidate.commit())
        .files()
        .stream()
        .limit(FILES_MAX)
        .toList();
  }

  private static Question<Explanation> question(
      Assignment assignment, Report report, List<Reason> objections, List<FileChange> files) {
    List<Passage> passages = new ArrayList<>();
    passages.add(data("title", assignment.pull().title(), WORDS_CHARS_MAX));
    passages.add(data("description", assignment.pull().body(), WORDS_CHARS_MAX));
    passages.add(
        data("files that the change touches, by number", numbered(files), FACTS_CHARS_MAX));
    passages.add(
        data(
            "what the gate objects to",
            objections.stream()
                .map(it -> it.rule() + ": " + it.subject() + ": " + it.message())
                .collect(Collectors.joining("\n")),
            FACTS_CHARS_MAX));
    passages.add(data("what was tried and measured", facts(report), FACTS_CHARS_MAX));
    passages.add(
        new Passage.Instruction(
            "Explain to the person who decides why the gate of "
                + report.stage().label()
                + " objects, and what the change may have to do with it."));
    return Question.of(EXPLAIN, passages, Explanation.class, REPLY_TOKENS_MAX);
  }

  private static Passage data(String label, String text, int most) {
    String safe = Redacted.of(text);
    return new Passage.Data(
        label, safe.length() <= most ? safe : safe.substring(0, most) + "… (cut at " + most + ")");
  }

  private static String numbered(List<FileChange> files) {
    return IntStream.range(0, files.size())
        .mapToObj(i -> i + 1 + ": " + Printable.of(files.get(i).path()))
        .collect(Collectors.joining("\n"));
  }

  private static String facts(Report report) {
    List<String> facts = new ArrayList<>();
    for (Check check : report.checks()) {
      facts.add(
          check.outcome().name().toLowerCase(Locale.ROOT)
              + ": "
              + check.name()
              + ": "
              + check.message());
    }
    for (Measurement measurement : report.measurements()) {
      facts.add(
          switch (measurement) {
            case Measurement.Value it ->
                it.name() + ": " + it.value() + " " + it.unit().name().toLowerCase(Locale.ROOT);
            case Measurement.NoData it -> it.name() + ": no data: " + it.reason();
            case Measurement.NotApplicable it -> it.name() + ": not applicable: " + it.why();
          });
    }
    facts.addAll(report.notes());
    return String.join("\n", facts);
  }

  private static Report with(
      Report report, Explanation answer, List<FileChange> files, Account account) {
    List<Concern> concerns = answer.concerns();
    List<Finding> findings = new ArrayList<>();
    for (Concern concern : concerns) {
      if (findings.size() < CONCERNS_MAX && concern.file() >= 0 && concern.file() <= files.size()) {
        findings.add(finding(concern, files));
      }
    }
    List<String> notes = new ArrayList<>();
    notes.add("the model explains: " + shown(answer.explanation()));
    if (findings.size() < concerns.size()) {
      notes.add(
          "%d of %d concerns of the model are dropped: they are of files that the change does not touch, or more than %d"
              .formatted(concerns.size() - findings.size(), concerns.size(), CONCERNS_MAX));
    }
    return added(report, findings, notes, account);
  }

  private static Finding finding(Concern concern, List<FileChange> files) {
    return new Finding(
        "model." + concern.about().kind.label(),
        concern.about().kind,
        Finding.Severity.MEDIUM,
        concern.file() == 0 ? "" : files.get(concern.file() - 1).path(),
        0,
        "the model is concerned, and nothing checked it: " + shown(concern.message()));
  }

  private static String shown(String words) {
    return Printable.of(Redacted.of(words));
  }

  private static Report without(Report report, Conversation conversation, String why) {
    return added(
        report,
        List.of(),
        List.of("the model gave no explanation: " + Printable.of(why)),
        conversation.account());
  }

  private static Report added(
      Report report, List<Finding> findings, List<String> notes, Account account) {
    List<Finding> allFindings = new ArrayList<>(report.findings());
    allFindings.addAll(findings);
    List<Measurement> measurements = new ArrayList<>(report.measurements());
    measurements.addAll(account.measurements());
    List<String> allNotes = new ArrayList<>(report.notes());
    allNotes.addAll(notes);
    allNotes.addAll(account.notes());
    Map<String, String> evidence = new TreeMap<>(report.evidence());
    evidence.putAll(account.evidence());
    return new Report(
        report.stage(),
        report.agent(),
        allFindings,
        measurements,
        report.checks(),
        report.judged(),
        allNotes,
        evidence);
  }
}

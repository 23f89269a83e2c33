package dev.slipway.agents.review;

import dev.slipway.agents.review.Assessment.Claim;
import dev.slipway.change.Printable;
import dev.slipway.change.SourceTree;
import dev.slipway.model.Conversation;
import dev.slipway.model.Passage;
import dev.slipway.model.Prompt;
import dev.slipway.model.Question;
import dev.slipway.model.Reply;
import dev.slipway.policy.Finding;
import dev.slipway.policy.Finding.Severity;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Asks the model what code cannot see, and believes none of it unchecked: each claim has to quote
 * the line it is about, and what is graver than medium has to survive a second, separate pass that
 * tries to refute it.
 */
final class ModelReview {
  private static final Prompt FIND = Prompt.beside(ModelReview.class, "review.find", 1);
  private static final Prompt REFUTE = Prompt.beside(ModelReview.class, "review.refute", 1);

  private static final int FIND_TOKENS_MAX = 16_000;
  private static final int REFUTE_TOKENS_MAX = 8_000;
  private static final int CLAIMS_MAX = 50;
  private static final int GUIDE_BYTES_MAX = 32_768;
  private static final int WORDS_CHARS_MAX = 8_000;
  private static final long DIFF_CHARS_MAX = 400_000;

  private final Conversation conversation;
  private final Subject subject;
  private final FloorReview floor;

  /** Claims with their findings, in the model's order. */
  private record Placed(Claim claim, Finding finding) {}

  ModelReview(Conversation conversation, Subject subject, FloorReview floor) {
    this.conversation = conversation;
    this.subject = subject;
    this.floor = floor;
  }

  /** The opinion, checked. Its calls stay within the change's purse. */
  Opinion opinion() throws InterruptedException {
    ReadingList list = ReadingList.of(subject.diff(), floor.findings(), charsMax());
    if (list.read().isEmpty() && list.unread().isEmpty()) {
      return new Opinion.Given(
          1, "there is nothing to read", List.of(), 0, 0, "", List.of(), conversation.account());
    }
    if (list.read().isEmpty()) {
      return notRun("no file fits into what is left of the budget");
    }
    return switch (conversation.ask(find(list))) {
      case Reply.Answered<Assessment>(Assessment answer, _, _) -> checked(answer, list);
      case Reply.Invalid<Assessment>(String why, _, _) ->
          notRun("its reply could not be used, nor could the repaired one: " + why);
      case Reply.Refused<Assessment>(String why, _) -> notRun(why);
      case Reply.OverBudget<Assessment>(String bound) -> notRun("the budget is spent: " + bound);
      case Reply.Unavailable<Assessment>(String why, _) -> notRun(why);
    };
  }

  private Opinion notRun(String why) {
    return new Opinion.NotRun(
        conversation.model() + " gave no review: " + Printable.of(why), conversation.account());
  }

  /** A third of what is left, at two characters a token: the examination has to fit as well. */
  private long charsMax() {
    return Math.min(DIFF_CHARS_MAX, conversation.purse().allowance().tokens() * 2 / 3);
  }

  private Question<Assessment> find(ReadingList list) {
    List<Passage> passages = new ArrayList<>();
    guide()
        .ifPresent(
            text -> passages.add(new Passage.Data("review guide of the repository's owner", text)));
    passages.add(new Passage.Data("title", cut(subject.title())));
    passages.add(new Passage.Data("description", cut(subject.body())));
    passages.add(new Passage.Data("what programs found", facts()));
    passages.add(new Passage.Data("diff", list.text()));
    passages.add(
        new Passage.Instruction(
            "Review the change. "
                + list.unread().size()
                + " of its files are not shown; say nothing about them."));
    return Question.of(FIND, passages, Assessment.class, FIND_TOKENS_MAX);
  }

  private Optional<String> guide() {
    return subject
        .project()
        .flatMap(project -> project.guide())
        .flatMap(path -> subject.base().flatMap(base -> text(base, path)));
  }

  private static Optional<String> text(SourceTree tree, String path) {
    return tree.read(path)
        .map(
            bytes ->
                new String(
                    bytes, 0, Math.min(bytes.length, GUIDE_BYTES_MAX), StandardCharsets.UTF_8));
  }

  private static String cut(String text) {
    return text.length() <= WORDS_CHARS_MAX ? text : text.substring(0, WORDS_CHARS_MAX) + "…";
  }

  private String facts() {
    String facts =
        floor.findings().stream()
            .limit(200)
            .map(
                it ->
                    it.severity().label()
                        + " "
                        + it.rule()
                        + " at "
                        + Printable.of(it.place())
                        + ": "
                        + Printable.of(it.message()))
            .collect(Collectors.joining("\n"));
    return String.format(Locale.ROOT, "risk %d of 10%n", floor.risk()) + facts;
  }

  private Opinion checked(Assessment answer, ReadingList list) throws InterruptedException {
    List<Placed> placed = new ArrayList<>();
    for (Claim claim : answer.findings()) {
      if (placed.size() < CLAIMS_MAX) {
        finding(claim, list).ifPresent(it -> placed.add(new Placed(claim, it)));
      }
    }
    List<Placed> grave =
        placed.stream()
            .filter(it -> it.finding().severity().compareTo(Severity.MEDIUM) > 0)
            .toList();
    String examined = "";
    List<Placed> refuted = List.of();
    if (!grave.isEmpty()) {
      Examination examination = examine(grave, list);
      refuted = examination.refuted();
      examined = examination.summary();
    }
    List<Finding> findings = new ArrayList<>();
    for (Placed it : placed) {
      if (!refuted.contains(it)) {
        findings.add(it.finding());
      }
    }
    return new Opinion.Given(
        answer.risk(),
        Printable.of(answer.rationale()),
        findings.stream().distinct().toList(),
        answer.findings().size() - placed.size(),
        refuted.size(),
        examined,
        list.unread(),
        conversation.account());
  }

  /** The claim as a finding, if it quotes what stands at its place. */
  private Optional<Finding> finding(Claim claim, ReadingList list) {
    for (int i = 0; i < list.read().size(); i++) {
      NumberedDiff file = list.read().get(i);
      if (file.name().equals(claim.file()) && file.quotes(claim.line(), claim.quote())) {
        return Optional.of(
            new Finding(
                "model." + claim.concern().name().toLowerCase(Locale.ROOT),
                claim.concern().kind,
                claim.severity(),
                path(claim.file()),
                claim.line(),
                Printable.of(claim.message())));
      }
    }
    return Optional.empty();
  }

  /** The path as the diff has it: what was shown to the model had hidden text written out. */
  private String path(String shown) {
    return subject.diff().files().stream()
        .filter(file -> NumberedDiff.of(file, List.of()).name().equals(shown))
        .map(file -> file.path())
        .findFirst()
        .orElse(shown);
  }

  private record Examination(List<Placed> refuted, String summary) {}

  private Examination examine(List<Placed> grave, ReadingList list) throws InterruptedException {
    return switch (conversation.ask(refute(grave, list))) {
      case Reply.Answered<Refutations>(Refutations answer, _, _) -> {
        List<Placed> refuted = new ArrayList<>();
        for (int i = 0; i < grave.size(); i++) {
          if (answer.refutes(i + 1)) {
            refuted.add(grave.get(i));
          }
        }
        yield new Examination(
            refuted,
            "a second pass tried to refute %d grave claims and refuted %d"
                .formatted(grave.size(), refuted.size()));
      }
      case Reply.Invalid<Refutations>(String why, _, _) -> unexamined(why);
      case Reply.Refused<Refutations>(String why, _) -> unexamined(why);
      case Reply.OverBudget<Refutations>(String bound) -> unexamined(bound);
      case Reply.Unavailable<Refutations>(String why, _) -> unexamined(why);
    };
  }

  /** What could not be examined stands. */
  private static Examination unexamined(String why) {
    return new Examination(
        List.of(), "the grave claims were not examined and all stand: " + Printable.of(why));
  }

  private Question<Refutations> refute(List<Placed> grave, ReadingList list) {
    StringBuilder claims = new StringBuilder();
    for (int i = 0; i < grave.size(); i++) {
      Claim claim = grave.get(i).claim();
      claims.append(
          String.format(
              Locale.ROOT,
              "%d. %s, %s, at %s:%d, quoting: %s%n   %s%n",
              i + 1,
              claim.concern().name().toLowerCase(Locale.ROOT),
              claim.severity().label(),
              claim.file(),
              claim.line(),
              Printable.of(claim.quote()),
              Printable.of(claim.message())));
    }
    List<String> files = grave.stream().map(it -> it.claim().file()).distinct().toList();
    String diffs =
        list.read().stream()
            .filter(it -> files.contains(it.name()))
            .map(NumberedDiff::text)
            .collect(Collectors.joining("\n"));
    return Question.of(
        REFUTE,
        List.of(
            new Passage.Data("claims", claims.toString()),
            new Passage.Data("diff", diffs),
            new Passage.Instruction(
                "Rule on each of the " + grave.size() + " claims, by its number.")),
        Refutations.class,
        REFUTE_TOKENS_MAX);
  }
}

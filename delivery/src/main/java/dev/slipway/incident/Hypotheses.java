package dev.slipway.incident;

import dev.slipway.agents.review.NumberedDiff;
import dev.slipway.change.Diff;
import dev.slipway.change.FileChange;
import dev.slipway.change.FileChange.Hunk;
import dev.slipway.change.FileChange.Line;
import dev.slipway.change.Printable;
import dev.slipway.model.Account;
import dev.slipway.model.Conversation;
import dev.slipway.model.Passage;
import dev.slipway.model.Prompt;
import dev.slipway.model.Question;
import dev.slipway.model.Reply;
import dev.slipway.policy.Finding;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Asks a model for a cause, with what was seen, what the evidence is, and the change itself. An
 * answer stands if at least one of the lines that it names is a changed one, and says what it
 * quotes.
 */
public final class Hypotheses {
  private static final Prompt CAUSE = Prompt.beside(Hypotheses.class, "incident.cause", 1);
  private static final int REPLY_TOKENS_MAX = 8_000;
  private static final long DIFF_CHARS_MAX = 200_000;

  /** A file of the change, and what the model is shown of it. */
  private record Shown(FileChange file, NumberedDiff as) {}

  private final Conversation conversation;
  private final Diff diff;
  private final List<Finding> findings;

  /**
   * @param findings of the review: lines that hold a credential are not shown
   */
  public Hypotheses(Conversation conversation, Diff diff, List<Finding> findings) {
    this.conversation = conversation;
    this.diff = diff;
    this.findings = findings;
  }

  /** Who is asked. */
  public String model() {
    return conversation.model();
  }

  /** What was said so far. */
  public Account account() {
    return conversation.account();
  }

  /** The hypothesis, or why there is none. */
  public Cause cause(Incident incident) throws InterruptedException {
    List<Shown> shown = shown(incident);
    if (shown.isEmpty()) {
      return none("no file of the change fits into what is left of the budget");
    }
    return switch (conversation.ask(question(incident, shown))) {
      case Reply.Answered<Explanation>(Explanation answer, _, _) -> checked(answer, shown);
      case Reply.Invalid<Explanation>(String why, _, _) ->
          none("its reply could not be used, nor could the repaired one: " + why);
      case Reply.Refused<Explanation>(String why, _) -> none(why);
      case Reply.OverBudget<Explanation>(String bound) -> none("the budget is spent: " + bound);
      case Reply.Unavailable<Explanation>(String why, _) -> none(why);
    };
  }

  private Cause none(String why) {
    return new Cause.RankedEvidence(conversation.model() + " gave no hypothesis: " + why);
  }

  /** The files that can be to blame, those of the first suspects first, as many as fit. */
  private List<Shown> shown(Incident incident) {
    List<String> suspected =
        incident.ranking().suspects().stream().map(Ranking.Suspect::file).distinct().toList();
    long left = Math.min(DIFF_CHARS_MAX, conversation.purse().allowance().tokens() * 2 / 3);
    List<Shown> shown = new ArrayList<>();
    for (FileChange file : inOrder(suspected)) {
      NumberedDiff numbered = NumberedDiff.of(file, findings);
      if (numbered.text().length() <= left) {
        left -= numbered.text().length();
        shown.add(new Shown(file, numbered));
      }
    }
    return shown;
  }

  private List<FileChange> inOrder(List<String> suspected) {
    return diff.files().stream()
        .filter(file -> !file.hunks().isEmpty())
        .sorted(
            Comparator.comparingInt(
                file -> {
                  int place = suspected.indexOf(Printable.of(file.path()));
                  return place < 0 ? Integer.MAX_VALUE : place;
                }))
        .toList();
  }

  private static Question<Explanation> question(Incident incident, List<Shown> shown) {
    return Question.of(
        CAUSE,
        List.of(
            new Passage.Data("title", incident.subject().title()),
            new Passage.Data("what was seen in production", seen(incident)),
            new Passage.Data("ranked evidence", evidence(incident.ranking())),
            new Passage.Data(
                "diff", shown.stream().map(it -> it.as().text()).collect(Collectors.joining("\n"))),
            new Passage.Instruction(
                "Say what in the change most likely caused what was seen. "
                    + (incident.diff().filesTotal() - shown.size())
                    + " of its files are not shown; say nothing about them.")),
        Explanation.class,
        REPLY_TOKENS_MAX);
  }

  private static String seen(Incident incident) {
    return incident.tripped().stream()
        .map(it -> it.rule() + ": " + it.message())
        .collect(Collectors.joining("\n"));
  }

  private static String evidence(Ranking ranking) {
    return ranking.suspects().stream()
        .map(
            it ->
                String.format(
                    Locale.ROOT,
                    "%s:%d %s: %s",
                    it.file(),
                    it.line(),
                    it.side().name().toLowerCase(Locale.ROOT),
                    String.join("; ", it.reasons())))
        .collect(Collectors.joining("\n"));
  }

  private Cause checked(Explanation answer, List<Shown> shown) {
    List<Cause.Place> places =
        answer.lines().stream()
            .filter(it -> isChanged(it, shown))
            .map(it -> new Cause.Place(it.file(), it.line()))
            .distinct()
            .toList();
    return places.isEmpty()
        ? none("none of the lines that it names is a changed one that says what it quotes")
        : new Cause.Hypothesis(
            conversation.model(),
            answer.cause(),
            answer.check(),
            places,
            answer.lines().size() - places.size());
  }

  private static boolean isChanged(Explanation.Line line, List<Shown> shown) {
    return shown.stream()
        .filter(it -> it.as().name().equals(line.file()))
        .filter(it -> it.as().quotes(line.line(), line.quote()))
        .anyMatch(it -> changed(it.file()).contains(line.line()));
  }

  /** The numbers of lines that came, and of those before which something went. */
  private static Set<Integer> changed(FileChange file) {
    Set<Integer> numbers = new HashSet<>();
    file.hunks().forEach(hunk -> changed(hunk, numbers));
    return numbers;
  }

  private static void changed(Hunk hunk, Set<Integer> numbers) {
    int number = hunk.newStart();
    for (Line line : hunk.lines()) {
      switch (line) {
        case Line.Added ignored -> numbers.add(number++);
        case Line.Deleted ignored -> numbers.add(number);
        case Line.Context ignored -> number++;
      }
    }
  }
}

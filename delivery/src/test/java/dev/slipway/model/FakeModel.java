package dev.slipway.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.change.Digest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * A model that replies what a test tells it to: a record as the answer, or another sort of reply. A
 * call takes a token for each four characters, and costs a dollar a million tokens.
 */
public final class FakeModel implements LanguageModel {
  /** What to reply to a question: a record of the type asked for, or one of {@link Says}. */
  public interface Script extends Function<Question<?>, Object> {}

  /** Replies that are not an answer. */
  public sealed interface Says {
    record Nonsense(String why, String text) implements Says {}

    record No() implements Says {}

    record Nothing(String why) implements Says {}
  }

  private final Script script;
  private final List<Question<?>> questions = new ArrayList<>();

  public FakeModel(Script script) {
    this.script = script;
  }

  /** What it was asked, in order. */
  public synchronized List<Question<?>> questions() {
    return List.copyOf(questions);
  }

  @Override
  public String id() {
    return "fake/model";
  }

  @Override
  public synchronized <T extends Record> Reply<T> ask(Question<T> question, Allowance allowance) {
    long input = question.transcript().length() / 4;
    if (input + question.replyTokensMax() > allowance.tokens()) {
      return new Reply.OverBudget<>(
          "the call may take %d tokens, %d are left"
              .formatted(input + question.replyTokensMax(), allowance.tokens()));
    }
    if ((input + question.replyTokensMax()) / 1e6 > allowance.dollars()) {
      return new Reply.OverBudget<>("the call may cost more US dollars than are left");
    }
    questions.add(question);
    Object said = script.apply(question);
    Receipt receipt =
        new Receipt(
            id(),
            new Tokens(input, 0, 0, 10),
            (input + 10) / 1e6,
            Duration.ofMillis(5),
            Digest.of(said.toString().getBytes(UTF_8)));
    return switch (said) {
      case Says.Nonsense(String why, String text) -> new Reply.Invalid<>(why, text, receipt);
      case Says.No() -> new Reply.Refused<>("it would not", receipt);
      case Says.Nothing(String why) -> new Reply.Unavailable<>(why, receipt);
      default -> new Reply.Answered<>(question.answer().cast(said), said.toString(), receipt);
    };
  }
}

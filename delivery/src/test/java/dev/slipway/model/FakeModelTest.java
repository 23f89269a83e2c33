package dev.slipway.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The fake keeps the contract where it says anything of its own: budgets and sorts of reply. */
class FakeModelTest {
  record Word(String word) {}

  private static final Question<Word> QUESTION =
      Question.of(
          new Prompt("test.say", 1, "Say a word."),
          List.of(new Passage.Instruction("Now.")),
          Word.class,
          100);

  @Test
  void itRepliesWhatItIsTold() {
    assertThat(new FakeModel(q -> new Word("a")).ask(QUESTION, LanguageModelContract.ENOUGH))
        .isInstanceOf(Reply.Answered.class);
    assertThat(
            new FakeModel(q -> new FakeModel.Says.No()).ask(QUESTION, LanguageModelContract.ENOUGH))
        .isInstanceOf(Reply.Refused.class);
  }

  @Test
  void itSendsNothingOverBudget() {
    FakeModel model = new FakeModel(q -> new Word("a"));
    assertThat(model.ask(QUESTION, new Allowance(50, 1, java.time.Duration.ofSeconds(1))))
        .isInstanceOf(Reply.OverBudget.class);
    assertThat(model.questions()).isEmpty();
  }
}

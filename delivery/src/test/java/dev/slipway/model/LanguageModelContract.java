package dev.slipway.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every language model does, whoever serves it. */
public abstract class LanguageModelContract {
  /** What the contract's questions are answered with. */
  public record Weight(int grams, Unit unit, List<String> notes) {
    public Weight {
      notes = List.copyOf(notes);
      if (grams < 1 || grams > 10) {
        throw new IllegalArgumentException("grams lie between 1 and 10, not " + grams);
      }
    }
  }

  /** An enum in a reply. */
  public enum Unit {
    METRIC,
    OF_OLD
  }

  protected static final Allowance ENOUGH = new Allowance(1_000_000, 100, Duration.ofSeconds(60));

  /** What the model under test replies next, whatever it is asked. */
  protected abstract LanguageModel replying(String text) throws Exception;

  /** A model that replies only so much of the text, and says that the reply was cut. */
  protected abstract LanguageModel cutAtTheTokenLimit(String text) throws Exception;

  /** A model that declines to answer. */
  protected abstract LanguageModel refusing() throws Exception;

  /** A model whose provider is down for good. */
  protected abstract LanguageModel down() throws Exception;

  /** How often the model was asked, as its provider counts. */
  protected abstract int asked() throws Exception;

  protected static Question<Weight> question() {
    return Question.of(
        new Prompt("contract.weigh", 1, "You weigh things. This is contract.weigh."),
        List.of(
            new Passage.Instruction("How heavy is it?"),
            new Passage.Data("the thing", "a feather")),
        Weight.class,
        1_000);
  }

  @Test
  void anAnswerIsARecordWithAReceipt() throws Exception {
    Reply<Weight> reply =
        replying("{\"grams\": 3, \"unit\": \"of_old\", \"notes\": [\"light\"]}")
            .ask(question(), ENOUGH);
    assertThat(reply).isInstanceOf(Reply.Answered.class);
    Reply.Answered<Weight> answered = (Reply.Answered<Weight>) reply;
    assertThat(answered.answer()).isEqualTo(new Weight(3, Unit.OF_OLD, List.of("light")));
    assertThat(answered.receipt().tokens().total()).isPositive();
    assertThat(answered.receipt().dollars()).isPositive();
    assertThat(answered.receipt().latency()).isPositive();
    assertThat(answered.receipt().reply())
        .isEqualTo(
            dev.slipway.change.Digest.of(
                answered.text().getBytes(java.nio.charset.StandardCharsets.UTF_8)));
  }

  @Test
  void brokenJsonIsInvalid() throws Exception {
    assertInvalid("{\"grams\": 3, \"unit\": \"metric\", ", "");
  }

  @Test
  void aValueOutOfRangeIsInvalid() throws Exception {
    assertInvalid("{\"grams\": 11, \"unit\": \"metric\", \"notes\": []}", "between 1 and 10");
  }

  @Test
  void notANumberIsInvalid() throws Exception {
    assertInvalid("{\"grams\": NaN, \"unit\": \"metric\", \"notes\": []}", "NaN");
  }

  @Test
  void anUnknownNameIsInvalid() throws Exception {
    assertInvalid(
        "{\"grams\": 3, \"unit\": \"metric\", \"notes\": [], \"approved\": true}", "approved");
  }

  @Test
  void aMissingValueIsInvalid() throws Exception {
    assertInvalid("{\"grams\": 3, \"unit\": \"metric\"}", "notes");
  }

  @Test
  void textBehindTheAnswerIsInvalid() throws Exception {
    assertInvalid("{\"grams\": 3, \"unit\": \"metric\", \"notes\": []} and more", "");
  }

  private void assertInvalid(String text, String why) throws Exception {
    Reply<Weight> reply = replying(text).ask(question(), ENOUGH);
    assertThat(reply).isInstanceOf(Reply.Invalid.class);
    Reply.Invalid<Weight> invalid = (Reply.Invalid<Weight>) reply;
    assertThat(invalid.why()).isNotBlank().contains(why);
    assertThat(invalid.text()).isEqualTo(text);
    assertThat(invalid.receipt().tokens().total()).isPositive();
  }

  @Test
  void aReplyCutAtTheTokenLimitIsInvalid() throws Exception {
    Reply<Weight> reply = cutAtTheTokenLimit("{\"grams\": 3, \"un").ask(question(), ENOUGH);
    assertThat(reply).isInstanceOf(Reply.Invalid.class);
    assertThat(((Reply.Invalid<Weight>) reply).why()).contains("1000 tokens");
  }

  @Test
  void aRefusalIsARefusal() throws Exception {
    assertThat(refusing().ask(question(), ENOUGH)).isInstanceOf(Reply.Refused.class);
  }

  @Test
  void aProviderThatIsDownIsUnavailable() throws Exception {
    Reply<Weight> reply = down().ask(question(), ENOUGH);
    assertThat(reply).isInstanceOf(Reply.Unavailable.class);
    assertThat(((Reply.Unavailable<Weight>) reply).why()).isNotBlank();
  }

  @Test
  void nothingIsSentThatCouldCostMoreTokensThanAllowed() throws Exception {
    Reply<Weight> reply =
        replying("{}").ask(question(), new Allowance(1_000, 100, Duration.ofSeconds(60)));
    assertThat(reply).isInstanceOf(Reply.OverBudget.class);
    assertThat(((Reply.OverBudget<Weight>) reply).bound()).contains("1000", "tokens");
    assertThat(asked()).isZero();
  }

  @Test
  void nothingIsSentThatCouldCostMoreMoneyThanAllowed() throws Exception {
    Reply<Weight> reply =
        replying("{}").ask(question(), new Allowance(1_000_000, 0.000_001, Duration.ofSeconds(60)));
    assertThat(reply).isInstanceOf(Reply.OverBudget.class);
    assertThat(((Reply.OverBudget<Weight>) reply).bound()).contains("US dollars");
    assertThat(asked()).isZero();
  }
}

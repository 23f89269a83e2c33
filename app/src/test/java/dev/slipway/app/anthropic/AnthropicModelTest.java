package dev.slipway.app.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import com.anthropic.core.Sleeper;
import dev.slipway.app.anthropic.Aimock.Fixture;
import dev.slipway.model.Allowance;
import dev.slipway.model.LanguageModel;
import dev.slipway.model.LanguageModelContract;
import dev.slipway.model.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The adapter against a Messages API server that is not ours. */
class AnthropicModelTest extends LanguageModelContract {
  private static final String KEY = "sk-ant-test-never-to-be-seen";
  private static final String ANSWER = "{\"grams\": 3, \"unit\": \"metric\", \"notes\": []}";

  private final List<AutoCloseable> open = new ArrayList<>();
  private final List<Duration> pauses = new ArrayList<>();
  private Optional<Aimock> server = Optional.empty();

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable part : open.reversed()) {
      part.close();
    }
  }

  private AnthropicModel against(Fixture... fixtures) {
    return against("claude-sonnet-5-5", 2, fixtures);
  }

  private AnthropicModel against(String id, int retries, Fixture... fixtures) {
    Aimock aimock = Aimock.start(List.of(fixtures));
    server = Optional.of(aimock);
    AnthropicModel model =
        new AnthropicModel(
            new AnthropicSettings(
                id,
                Optional.of(aimock.address().toString()),
                KEY,
                retries,
                Duration.ofSeconds(30),
                Optional.of(noting())));
    open.add(aimock);
    open.add(model);
    return model;
  }

  /** Notes how long it was to wait, and does not. */
  private Sleeper noting() {
    return new Sleeper() {
      @Override
      public void sleep(Duration duration) {
        pauses.add(duration);
      }

      @Override
      public CompletableFuture<Void> sleepAsync(Duration duration) {
        pauses.add(duration);
        return CompletableFuture.completedFuture(null);
      }

      @Override
      public void close() {}
    };
  }

  private static Fixture content(String text) {
    return new Fixture(Map.of(), Map.of("content", text), Map.of());
  }

  @Override
  protected LanguageModel replying(String text) {
    return against(content(text));
  }

  @Override
  protected LanguageModel cutAtTheTokenLimit(String text) {
    return against(content(text).with("finishReason", "length"));
  }

  @Override
  protected LanguageModel refusing() {
    return against(content("").with("finishReason", "refusal"));
  }

  @Override
  protected LanguageModel down() {
    return against(Fixture.error(500, "api_error"));
  }

  @Override
  protected int asked() {
    return requests().size();
  }

  private List<JsonNode> requests() {
    return server.orElseThrow().requests();
  }

  @Test
  void aRateLimitIsWaitedForAsLongAsItSays() throws Exception {
    AnthropicModel model =
        against(
            Fixture.error(429, "rate_limit_error").with("retryAfter", 7).only(0), content(ANSWER));
    assertThat(model.ask(question(), ENOUGH)).isInstanceOf(Reply.Answered.class);
    assertThat(pauses).contains(Duration.ofSeconds(7));
    assertThat(requests()).hasSize(2);
  }

  @Test
  void anOverloadIsTriedAgainWithGrowingPauses() throws Exception {
    AnthropicModel model = against(Fixture.error(529, "overloaded_error"));
    Reply<Weight> reply = model.ask(question(), ENOUGH);
    assertThat(reply).isInstanceOf(Reply.Unavailable.class);
    assertThat(((Reply.Unavailable<Weight>) reply).why()).contains("529", "overloaded_error");
    assertThat(requests()).hasSize(3);
    assertThat(pauses).hasSizeGreaterThanOrEqualTo(2).allMatch(pause -> !pause.isNegative());
  }

  @Test
  void aKeyThatIsNotAcceptedIsNotTriedAgain() throws Exception {
    AnthropicModel model = against(Fixture.error(401, "authentication_error"));
    Reply<Weight> reply = model.ask(question(), ENOUGH);
    assertThat(reply).isInstanceOf(Reply.Unavailable.class);
    assertThat(((Reply.Unavailable<Weight>) reply).why()).contains("401").doesNotContain(KEY);
    assertThat(requests()).hasSize(1);
  }

  @Test
  void aStreamThatIsCutIsTriedOnceMore() throws Exception {
    AnthropicModel model =
        against(content(ANSWER).having("truncateAfterChunks", 3).only(0), content(ANSWER));
    assertThat(model.ask(question(), ENOUGH)).isInstanceOf(Reply.Answered.class);
    assertThat(requests()).hasSize(2);
  }

  @Test
  void aStreamThatIsAlwaysCutIsUnavailableAndIsPaidFor() throws Exception {
    AnthropicModel model =
        against(
            content(ANSWER)
                .having("truncateAfterChunks", 4)
                .with("usage", Map.of("prompt_tokens", 40, "completion_tokens", 9)));
    Reply<Weight> reply = model.ask(question(), ENOUGH);
    assertThat(reply).isInstanceOf(Reply.Unavailable.class);
    assertThat(((Reply.Unavailable<Weight>) reply).why()).contains("cut");
    assertThat(((Reply.Unavailable<Weight>) reply).receipt().tokens().total())
        .as(reply.toString())
        .isPositive();
  }

  @Test
  void aReplyThatRunsAwayIsNotReadToItsEnd() throws Exception {
    AnthropicModel model = against(content("x".repeat(100_000)).having("chunkSize", 1_000));
    Reply<Weight> reply = model.ask(question(), ENOUGH);
    assertThat(reply).isInstanceOf(Reply.Invalid.class);
    assertThat(((Reply.Invalid<Weight>) reply).why()).contains("longer than 1000 tokens");
    assertThat(((Reply.Invalid<Weight>) reply).text()).isEmpty();
  }

  @Test
  void aBodyThatIsNotTheProtocolIsUnavailable() throws Exception {
    AnthropicModel model =
        against(
            "claude-sonnet-5-5", 0, content(ANSWER).having("chaos", Map.of("malformedRate", 1)));
    assertThat(model.ask(question(), ENOUGH)).isInstanceOf(Reply.Unavailable.class);
  }

  @Test
  void aReplyThatDoesNotComeInTimeIsUnavailable() throws Exception {
    AnthropicModel model = against(content(ANSWER).having("latency", 20_000));
    Reply<Weight> reply =
        model.ask(question(), new Allowance(1_000_000, 100, Duration.ofSeconds(3)));
    assertThat(reply).isInstanceOf(Reply.Unavailable.class);
    assertThat(((Reply.Unavailable<Weight>) reply).why()).contains("3000 ms");
  }

  @Test
  void theProvidersCountIsWhatIsPaid() throws Exception {
    AnthropicModel model =
        against(
            content(ANSWER)
                .with("usage", Map.of("prompt_tokens", 1_000, "completion_tokens", 100)));
    Reply<Weight> reply = model.ask(question(), ENOUGH);
    assertThat(((Reply.Answered<Weight>) reply).receipt().tokens().total()).isEqualTo(1_100);
    assertThat(((Reply.Answered<Weight>) reply).receipt().dollars())
        .isCloseTo(0.003, org.assertj.core.data.Offset.offset(1e-9));
  }

  @Test
  void whatIsSentIsACachedPromptDelimitedDataAndASchema() throws Exception {
    AnthropicModel model = against(content(ANSWER));
    model.ask(question(), ENOUGH);
    JsonNode request = requests().getFirst();
    String body = request.toString();
    assertThat(body).contains("contract.weigh", "<data-", "a feather", "claude-sonnet-5-5");
    assertThat(model.toString() + model.id()).doesNotContain(KEY);
  }

  @Test
  void theSchemaIsTheRecords() {
    assertThat(ReplySchema.of(Weight.class).toString())
        .isEqualTo(
            "{type=object, properties={grams={type=integer},"
                + " unit={type=string, enum=[metric, of_old]},"
                + " notes={type=array, items={type=string}}},"
                + " required=[grams, unit, notes], additionalProperties=false}");
  }

  @Test
  void aModelWithoutAPriceCostsAsMuchAsTheDearest() {
    assertThat(Prices.of("claude-next-9").ceiling(1_000_000, 1_000_000)).isEqualTo(62.5);
    assertThat(Prices.of("claude-sonnet-5-5").ceiling(1_000_000, 1_000_000)).isEqualTo(12.5);
  }

  @Test
  void theKeyIsInNoText() {
    assertThat(AnthropicSettings.of("claude-sonnet-5-5", Optional.empty(), KEY).toString())
        .doesNotContain(KEY);
  }
}

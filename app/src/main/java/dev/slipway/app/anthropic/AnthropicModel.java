package dev.slipway.app.anthropic;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.core.LogLevel;
import com.anthropic.core.RequestOptions;
import com.anthropic.core.http.StreamResponse;
import com.anthropic.errors.AnthropicException;
import com.anthropic.errors.AnthropicServiceException;
import com.anthropic.models.messages.RawMessageStreamEvent;
import com.anthropic.models.messages.StopReason;
import dev.slipway.app.json.Json;
import dev.slipway.change.Digest;
import dev.slipway.change.Printable;
import dev.slipway.model.Allowance;
import dev.slipway.model.LanguageModel;
import dev.slipway.model.Question;
import dev.slipway.model.Receipt;
import dev.slipway.model.Reply;
import dev.slipway.model.Tokens;
import java.net.ConnectException;
import java.time.Duration;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tools.jackson.core.JacksonException;

/**
 * A Claude model behind Anthropic's Messages API. The reply is streamed, so that a cut connection
 * is noticed and a reply that runs away is not read to its end. The SDK tries passing faults again;
 * a stream that is cut is tried once more from the start.
 */
public final class AnthropicModel implements LanguageModel, AutoCloseable {
  private static final int STREAMS_MAX = 2;

  /** No token stands for more characters than this, on average over a reply. */
  private static final long CHARS_PER_TOKEN_MAX = 8;

  private final AnthropicSettings settings;
  private final AnthropicClient client;
  private final Prices prices;

  public AnthropicModel(AnthropicSettings settings) {
    this.settings = settings;
    this.prices = Prices.of(settings.model());
    AnthropicOkHttpClient.Builder builder =
        AnthropicOkHttpClient.builder()
            .apiKey(settings.apiKey())
            .maxRetries(settings.retriesMax())
            .timeout(settings.timeout())
            .logLevel(LogLevel.OFF)
            .checkJacksonVersionCompatibility(false);
    settings.baseUrl().ifPresent(builder::baseUrl);
    settings.sleeper().ifPresent(builder::sleeper);
    this.client = builder.build();
  }

  @Override
  public String id() {
    return "anthropic/" + settings.model();
  }

  @Override
  public <T extends Record> Reply<T> ask(Question<T> question, Allowance allowance)
      throws InterruptedException {
    long start = System.nanoTime();
    FutureTask<Reply<T>> task = new FutureTask<>(() -> within(question, allowance, start));
    Thread.ofVirtual().name("model-" + question.prompt().purpose()).start(task);
    try {
      return task.get(Math.max(1, allowance.time().toMillis()), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      task.cancel(true);
      return unavailable(
          "no whole reply within " + allowance.time().toMillis() + " ms", start, Tokens.NONE);
    } catch (InterruptedException e) {
      task.cancel(true);
      throw e;
    } catch (ExecutionException e) {
      throw new IllegalStateException("the model's adapter is broken", e.getCause());
    }
  }

  private <T extends Record> Reply<T> within(
      Question<T> question, Allowance allowance, long start) {
    Messages messages = new Messages(settings.model(), question);
    long input = count(messages);
    Optional<String> bound = bound(input, question.replyTokensMax(), allowance);
    if (bound.isPresent()) {
      return new Reply.OverBudget<>(bound.get());
    }
    Tokens spent = Tokens.NONE;
    String why = "";
    for (int stream = 0; stream < STREAMS_MAX; stream++) {
      Incoming incoming = new Incoming(input, CHARS_PER_TOKEN_MAX * question.replyTokensMax());
      try {
        receive(messages, incoming);
      } catch (AnthropicServiceException e) {
        return unavailable(said(e), start, sum(spent, incoming.tokens()));
      } catch (AnthropicException | IllegalStateException e) {
        why = "the connection was cut: " + Printable.of(String.valueOf(e.getMessage()));
        if (!(e.getCause() instanceof ConnectException)) {
          // The question may have arrived: what may have cost is counted.
          incoming.begins();
        }
        spent = sum(spent, incoming.tokens());
        continue;
      }
      spent = sum(spent, incoming.tokens());
      if (incoming.progress() != Incoming.Progress.UNDER_WAY) {
        return read(question, incoming, receipt(start, spent, incoming.digest()));
      }
      why = "the reply was cut off before its end";
    }
    return unavailable(why, start, spent);
  }

  /** The provider's own count; where it does not count, an estimate that is rather too high. */
  private long count(Messages messages) {
    try {
      return client
          .messages()
          .countTokens(
              messages.count(), RequestOptions.builder().timeout(Duration.ofSeconds(30)).build())
          .inputTokens();
    } catch (AnthropicException e) {
      return messages.estimate();
    }
  }

  private Optional<String> bound(long input, long output, Allowance allowance) {
    if (input + output > allowance.tokens()) {
      return Optional.of(
          "the call may take %d tokens, %d are left".formatted(input + output, allowance.tokens()));
    }
    double ceiling = prices.ceiling(input, output);
    return ceiling > allowance.dollars()
        ? Optional.of(
            "the call may cost %.4f US dollars, %.4f are left"
                .formatted(ceiling, allowance.dollars()))
        : Optional.empty();
  }

  private void receive(Messages messages, Incoming incoming) {
    try (StreamResponse<RawMessageStreamEvent> stream =
        client.messages().createStreaming(messages.create())) {
      incoming.begins();
      Iterator<RawMessageStreamEvent> events = stream.stream().iterator();
      while (incoming.progress() == Incoming.Progress.UNDER_WAY && events.hasNext()) {
        incoming.take(events.next());
      }
    }
  }

  private static <T extends Record> Reply<T> read(
      Question<T> question, Incoming incoming, Receipt receipt) {
    String text = incoming.text();
    if (incoming.progress() == Incoming.Progress.TOO_LONG) {
      return new Reply.Invalid<>(
          "the reply is longer than %d tokens can be".formatted(question.replyTokensMax()),
          "",
          receipt);
    }
    StopReason stop = incoming.stop().orElse(StopReason.END_TURN);
    if (stop.equals(StopReason.REFUSAL)) {
      return new Reply.Refused<>("the model declined to answer", receipt);
    }
    if (!stop.equals(StopReason.END_TURN) && !stop.equals(StopReason.STOP_SEQUENCE)) {
      return new Reply.Invalid<>(
          "the reply ended early (%s) at %d tokens"
              .formatted(Printable.of(stop.asString()), question.replyTokensMax()),
          "",
          receipt);
    }
    try {
      return new Reply.Answered<>(Json.mapper().readValue(text, question.answer()), text, receipt);
    } catch (JacksonException e) {
      return new Reply.Invalid<>(Printable.of(e.getOriginalMessage()), text, receipt);
    }
  }

  private static String said(AnthropicServiceException e) {
    String type = e.type().map(it -> it.asString() + ", ").orElse("");
    return "the provider answered %d (%s%s)"
        .formatted(
            e.statusCode(), Printable.of(type), Printable.of(e.apiMessage().orElse("no message")));
  }

  private <T extends Record> Reply<T> unavailable(String why, long start, Tokens spent) {
    return new Reply.Unavailable<>(why, receipt(start, spent, Digest.of(new byte[0])));
  }

  private Receipt receipt(long start, Tokens spent, Digest reply) {
    return new Receipt(
        id(), spent, prices.dollars(spent), Duration.ofNanos(System.nanoTime() - start), reply);
  }

  private static Tokens sum(Tokens one, Tokens other) {
    return new Tokens(
        one.input() + other.input(),
        one.cacheWritten() + other.cacheWritten(),
        one.cacheRead() + other.cacheRead(),
        one.output() + other.output());
  }

  @Override
  public void close() {
    client.close();
  }
}

package dev.slipway.app.anthropic;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.anthropic.models.messages.MessageDeltaUsage;
import com.anthropic.models.messages.RawMessageStreamEvent;
import com.anthropic.models.messages.StopReason;
import com.anthropic.models.messages.Usage;
import dev.slipway.change.Digest;
import dev.slipway.model.Tokens;
import java.util.Optional;

/** A reply as it comes in, event by event: its text so far, and what is known of its tokens. */
final class Incoming {
  private final long inputEstimate;
  private final long charsMax;
  private final StringBuilder text = new StringBuilder();
  private Tokens tokens = Tokens.NONE;
  private Optional<StopReason> stop = Optional.empty();
  private Progress progress = Progress.AWAITED;

  /** How far it is. */
  enum Progress {
    /** The provider has not accepted the question yet. */
    AWAITED,
    UNDER_WAY,
    /** The provider said that this was all. */
    COMPLETE,
    /** It is longer than is read. */
    TOO_LONG
  }

  /**
   * @param inputEstimate tokens sent, for a provider that does not say
   * @param charsMax more of the reply than this is not read
   */
  Incoming(long inputEstimate, long charsMax) {
    this.inputEstimate = inputEstimate;
    this.charsMax = charsMax;
  }

  /** The provider has accepted the question: from here on it costs. */
  void begins() {
    progress = Progress.UNDER_WAY;
  }

  /** Takes the next event. */
  void take(RawMessageStreamEvent event) {
    event.messageStart().ifPresent(start -> started(start.message().usage()));
    event
        .contentBlockDelta()
        .flatMap(delta -> delta.delta().text())
        .ifPresent(piece -> text.append(piece.text()));
    event
        .messageDelta()
        .ifPresent(
            delta -> {
              stop = delta.delta().stopReason();
              ended(delta.usage());
            });
    if (event.isMessageStop()) {
      progress = Progress.COMPLETE;
    } else if (text.length() > charsMax) {
      progress = Progress.TOO_LONG;
    }
  }

  private void started(Usage usage) {
    tokens =
        new Tokens(
            usage.inputTokens(),
            usage.cacheCreationInputTokens().orElse(0L),
            usage.cacheReadInputTokens().orElse(0L),
            usage.outputTokens());
  }

  private void ended(MessageDeltaUsage usage) {
    tokens =
        new Tokens(
            usage.inputTokens().orElse(tokens.input()),
            usage.cacheCreationInputTokens().orElse(tokens.cacheWritten()),
            usage.cacheReadInputTokens().orElse(tokens.cacheRead()),
            usage.outputTokens());
  }

  Progress progress() {
    return progress;
  }

  Optional<StopReason> stop() {
    return stop;
  }

  String text() {
    return text.toString();
  }

  Digest digest() {
    return Digest.of(text().getBytes(UTF_8));
  }

  /**
   * The tokens as counted. What the provider has not counted, such as a reply that was cut, is
   * estimated, rather too high: the text at two characters a token. A question that was not
   * accepted costs nothing.
   */
  Tokens tokens() {
    if (progress == Progress.AWAITED) {
      return Tokens.NONE;
    }
    boolean uncounted = tokens.input() + tokens.cacheWritten() + tokens.cacheRead() == 0;
    boolean whole = progress == Progress.COMPLETE && tokens.output() > 0;
    return new Tokens(
        uncounted ? inputEstimate : tokens.input(),
        tokens.cacheWritten(),
        tokens.cacheRead(),
        whole ? tokens.output() : Math.max(tokens.output(), (text.length() + 1L) / 2));
  }
}

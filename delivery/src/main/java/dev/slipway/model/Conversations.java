package dev.slipway.model;

import dev.slipway.change.ChangeId;
import dev.slipway.project.Budget;
import java.util.Optional;

/**
 * Where agents get their conversations: with the model that is configured, on the change's purse.
 * Safe for many threads.
 */
public final class Conversations {
  private final Optional<LanguageModel> model;
  private final Transcripts transcripts;
  private final Purses purses = new Purses();

  private Conversations(Optional<LanguageModel> model, Transcripts transcripts) {
    this.model = model;
    this.transcripts = transcripts;
  }

  /** Conversations with this model. */
  public static Conversations with(LanguageModel model, Transcripts transcripts) {
    return new Conversations(Optional.of(model), transcripts);
  }

  /** No model is configured. */
  public static Conversations none() {
    return new Conversations(
        Optional.empty(),
        content -> {
          throw new IllegalStateException("without a model nothing is said");
        });
  }

  /** A conversation about the change; empty if no model is configured. */
  public Optional<Conversation> about(ChangeId change, Budget budget) {
    return model.map(it -> new Conversation(it, purses.of(change, budget), transcripts));
  }
}

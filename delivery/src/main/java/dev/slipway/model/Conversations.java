package dev.slipway.model;

import dev.slipway.change.ChangeId;
import dev.slipway.change.Digest;
import dev.slipway.evidence.EvidenceStore;
import dev.slipway.project.Budget;
import java.util.Optional;

/**
 * Where agents get their conversations: with the model that is configured, on the change's purse.
 * Safe for many threads.
 */
public final class Conversations {
  private final Optional<LanguageModel> model;
  private final EvidenceStore evidence;
  private final Purses purses;

  private Conversations(Optional<LanguageModel> model, EvidenceStore evidence, Spending spending) {
    this.model = model;
    this.evidence = evidence;
    this.purses = new Purses(spending);
  }

  /** Conversations with this model. */
  public static Conversations with(LanguageModel model, EvidenceStore evidence, Spending spending) {
    return new Conversations(Optional.of(model), evidence, spending);
  }

  /** No model is configured. */
  public static Conversations none() {
    return new Conversations(Optional.empty(), new Unsaid(), new Unspent());
  }

  /** A conversation about the change; empty if no model is configured. */
  public Optional<Conversation> about(ChangeId change, Budget budget) {
    return model.map(it -> new Conversation(it, purses.of(change, budget), evidence));
  }

  /** Without a model nothing is said. */
  private record Unsaid() implements EvidenceStore {
    @Override
    public Digest keep(byte[] content) {
      throw new IllegalStateException("without a model nothing is said");
    }

    @Override
    public Optional<byte[]> find(Digest digest) {
      return Optional.empty();
    }
  }

  /** Without a model nothing is spent. */
  private record Unspent() implements Spending {
    @Override
    public Spent of(ChangeId change) {
      return Spent.NOTHING;
    }

    @Override
    public void keep(ChangeId change, Spent total) {
      throw new IllegalStateException("without a model nothing is spent");
    }
  }
}

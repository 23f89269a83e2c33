package dev.slipway.ledger;

import java.util.List;
import java.util.Optional;

/**
 * What verifying a log found.
 *
 * @param size entries that its checkpoint claims; 0 if there is no readable checkpoint
 * @param root the tree hash computed from the entries; empty if that was not possible
 * @param trust what the result rests on
 * @param problems all that is wrong, bounded in number; empty if nothing is
 */
public record Verification(long size, Optional<Hash> root, Trust trust, List<Problem> problems) {
  /** What a verification rests on. */
  public enum Trust {
    /** On keys that the caller trusts. */
    TRUSTED_KEY("verified with a trusted key"),
    /** On the log alone: whoever has its key could have made another one. */
    LOG_ITSELF("self-consistent, key not trusted");

    private final String text;

    Trust(String text) {
      this.text = text;
    }

    @Override
    public String toString() {
      return text;
    }
  }

  /** Copies the list. */
  public Verification {
    problems = List.copyOf(problems);
  }

  /** Whether nothing is wrong; how much that means, {@link #trust} says. */
  public boolean ok() {
    return problems.isEmpty();
  }
}

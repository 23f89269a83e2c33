package dev.slipway.app.edge;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Comparator;

/**
 * The age of a wish for a route: a later lease outranks an earlier one, and within a lease a later
 * move. A route refuses everything older than what it has obeyed, so a writer that lost its lease
 * cannot move traffic.
 *
 * @param lease number of the lease its holder was granted, not negative
 * @param move number of the move within that lease, not negative
 */
public record Epoch(
    @JsonProperty(required = true) long lease, @JsonProperty(required = true) long move)
    implements Comparable<Epoch> {
  private static final Comparator<Epoch> ORDER =
      Comparator.comparingLong(Epoch::lease).thenComparingLong(Epoch::move);

  public Epoch {
    if (lease < 0 || move < 0) {
      throw new IllegalArgumentException("lease and move must not be negative");
    }
  }

  @Override
  public int compareTo(Epoch other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return "lease " + lease + " move " + move;
  }
}

package dev.slipway.target;

/**
 * Orders the moves of one slot: the lease's fencing number, then the move within that lease. A
 * target remembers the highest it obeyed and refuses a lower one, so that a stale node cannot move
 * traffic.
 */
public record Epoch(long lease, int move) implements Comparable<Epoch> {
  public Epoch {
    if (lease < 0 || move < 0) {
      throw new IllegalArgumentException("an epoch counts up from 0");
    }
  }

  /** The epoch of the next move under the same lease. */
  public Epoch next() {
    return new Epoch(lease, move + 1);
  }

  @Override
  public int compareTo(Epoch other) {
    int byLease = Long.compare(lease, other.lease);
    return byLease != 0 ? byLease : Integer.compare(move, other.move);
  }

  @Override
  public String toString() {
    return lease + "." + move;
  }
}

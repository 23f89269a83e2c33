package dev.slipway.app.edge;

import java.time.Instant;

/**
 * What one arm answered within an interval.
 *
 * @param arm the arm
 * @param from start of the interval, a whole second, inclusive
 * @param to end of the interval, a whole second, exclusive
 * @param coveredFrom the earliest second this edge can speak about; if it lies after {@code from},
 *     part of the interval was not observed (the edge was restarted, or it is too long ago)
 * @param counts requests by their end; a request belongs to the second in which it ended
 * @param histogram latencies of the same requests, from the request's head read to the last byte of
 *     the answer handed to the client's socket
 */
public record Window(
    Arm arm, Instant from, Instant to, Instant coveredFrom, Counts counts, Histogram histogram) {

  /** Whether the edge observed the interval from its start on. */
  public boolean coversStart() {
    return !coveredFrom.isAfter(from);
  }
}

package dev.slipway.app.edge;

import java.util.Map;

/**
 * How the requests of one arm ended.
 *
 * @param requests all that were assigned to the arm and have ended
 * @param errors those that ended in a result that is an error
 * @param retried how often a request was sent a second time because the first instance refused the
 *     connection or had just closed it; a retry that succeeds is not an error
 * @param results requests by result; results that did not occur are left out; they sum to requests
 */
public record Counts(long requests, long errors, long retried, Map<Result, Long> results) {
  public Counts {
    results = Map.copyOf(results);
  }
}

package dev.slipway.app.edge;

import java.time.Instant;
import java.util.List;

/**
 * How an edge is.
 *
 * @param pid its process
 * @param startedAt when it was ready
 * @param routes how many routes it serves
 * @param problems what it cannot do, each with its cause: a route whose address is taken, a route
 *     whose file cannot be read; empty when all is well
 */
public record EdgeHealth(long pid, Instant startedAt, int routes, List<String> problems) {
  public EdgeHealth {
    problems = List.copyOf(problems);
  }
}

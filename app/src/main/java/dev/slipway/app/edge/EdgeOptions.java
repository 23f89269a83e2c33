package dev.slipway.app.edge;

import java.time.Duration;

/**
 * The bounds an edge keeps. All have defaults; {@link EdgeMain} takes each as an option.
 *
 * @param bind address that routes listen on unless they name their own
 * @param concurrentMax requests a route works on at a time; the next one is answered 503
 * @param connectionsMax connections of clients to a route; a further one is closed at once
 * @param bodyBytesMax size of a request's body; a longer one is answered 413
 * @param headerBytesMax size of a request's or an answer's header; a longer request is answered 431
 * @param upstreamTimeout longest silence of an instance, before and within its answer; then 504
 * @param connectTimeout longest wait for an instance to accept a connection
 * @param drain longest wait for requests in flight when the edge stops
 * @param checks how instances are asked for their health
 */
public record EdgeOptions(
    String bind,
    int concurrentMax,
    int connectionsMax,
    long bodyBytesMax,
    int headerBytesMax,
    Duration upstreamTimeout,
    Duration connectTimeout,
    Duration drain,
    Checks checks) {

  /**
   * How instances are asked for their health.
   *
   * @param interval time between two checks of an instance
   * @param timeout longest wait for the answer of one
   * @param fall failed checks in a row after which an instance is unhealthy
   * @param rise passed checks in a row after which it is healthy again
   */
  public record Checks(Duration interval, Duration timeout, int fall, int rise) {}

  /** The defaults. */
  public static EdgeOptions defaults() {
    return new EdgeOptions(
        "127.0.0.1",
        1_024,
        8_192,
        64L << 20,
        32 << 10,
        Duration.ofSeconds(30),
        Duration.ofSeconds(2),
        Duration.ofSeconds(30),
        new Checks(Duration.ofSeconds(1), Duration.ofSeconds(1), 3, 2));
  }
}

package dev.slipway.project;

import dev.slipway.policy.judge.Factors;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How staging is measured.
 *
 * @param measure how long
 * @param requestsPerSecond the load that is generated
 * @param requests what is asked for, in turn; empty means the recording, else the health path
 * @param recording the path of a file of the base branch with traffic that is replayed instead
 * @param factors what staging is known to differ by from production
 */
public record StagingPlan(
    Duration measure,
    double requestsPerSecond,
    List<Request> requests,
    Optional<String> recording,
    Factors factors) {
  public static final StagingPlan DEFAULT =
      new StagingPlan(Duration.ofMinutes(2), 20, List.of(), Optional.empty(), Factors.NONE);

  /**
   * A request of the load.
   *
   * @param method in upper case
   * @param path begins with a slash and may carry a query
   */
  public record Request(
      String method, String path, Map<String, String> headers, Optional<String> body) {
    public Request {
      headers = Ordered.copyOf(headers);
    }

    /** A plain GET of the path. */
    public static Request get(String path) {
      return new Request("GET", path, Map.of(), Optional.empty());
    }
  }

  public StagingPlan {
    requests = List.copyOf(requests);
  }

  /** The same, asking for these. */
  public StagingPlan asking(List<Request> others) {
    return new StagingPlan(measure, requestsPerSecond, others, recording, factors);
  }
}

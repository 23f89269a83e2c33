package dev.slipway.app.edge;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A route as the edge sees it now.
 *
 * @param environment its environment
 * @param service its service
 * @param epoch the highest epoch obeyed
 * @param listen where it accepts requests
 * @param canaryShareBp share of the canary, in basis points
 * @param healthPath path asked for health, if one is configured
 * @param stable the stable instances
 * @param canary the canary instances
 * @param draining instances that are no longer of the route but still have requests in flight
 * @param counters counts per epoch, oldest first, the last one being the current epoch's
 */
public record RouteView(
    String environment,
    String service,
    Epoch epoch,
    Instance listen,
    int canaryShareBp,
    Optional<String> healthPath,
    List<Member> stable,
    List<Member> canary,
    List<Member> draining,
    List<Counted> counters) {

  /**
   * An instance of the route.
   *
   * @param instance where it listens
   * @param health what is known of its health
   * @param inFlight requests (and open WebSockets) it is working on
   * @param requests requests it was given
   * @param connectFailures connections it refused or did not accept in time
   */
  public record Member(
      Instance instance, Health health, long inFlight, long requests, long connectFailures) {}

  /**
   * What was counted under one epoch.
   *
   * @param epoch the epoch under which the requests were assigned
   * @param since when that epoch was obeyed
   * @param canaryShareBp the canary's share under that epoch
   * @param stable counts of the stable arm
   * @param canary counts of the canary arm
   */
  public record Counted(
      Epoch epoch, Instant since, int canaryShareBp, Counts stable, Counts canary) {}

  /** The name of the route. */
  public RouteName name() {
    return new RouteName(environment, service);
  }

  /** Counts of the current epoch. */
  public Counted current() {
    return counters.getLast();
  }

  /** Requests the instance is working on; 0 if the route does not know it, or no longer. */
  public long inFlight(Instance instance) {
    return List.of(stable, canary, draining).stream()
        .flatMap(List::stream)
        .filter(member -> member.instance().equals(instance))
        .mapToLong(Member::inFlight)
        .sum();
  }
}

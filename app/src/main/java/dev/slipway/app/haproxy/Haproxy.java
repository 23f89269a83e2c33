package dev.slipway.app.haproxy;

import dev.slipway.app.haproxy.Seating.Arm;
import dev.slipway.change.Slot;
import dev.slipway.target.TrafficRouter;
import dev.slipway.telemetry.MetricSource;
import dev.slipway.telemetry.Observation;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * A running HAProxy: the {@link TrafficRouter} of the slots whose backends it has, and the {@link
 * MetricSource} that reads what it logged of them. Its configuration is its owner's and names the
 * stats socket, the ring and the backends; {@code docs/operating/haproxy.md} shows one. One that is
 * started anew is told what it was told before.
 */
public final class Haproxy implements AutoCloseable {
  private static final String NO_SERVER = "<NOSRV>";

  private final Seatings seatings;
  private final HaproxyRouter router;
  private final AccessLog log = new AccessLog();
  private final InstantSource clock;
  private final LogReader reader;

  private Haproxy(HaproxySettings settings, Path directory, InstantSource clock) {
    RuntimeSocket socket = new RuntimeSocket(settings.socket());
    this.seatings = new Seatings(directory);
    this.clock = clock;
    this.router = new HaproxyRouter(settings, socket, seatings, clock);
    this.reader = new LogReader(socket, settings.ring(), new Reading());
  }

  /**
   * Begins to read its log. It need not run yet: what it is asked for meanwhile is a fault or no
   * data.
   *
   * @param directory where it keeps which server stands for which instance
   */
  public static Haproxy open(HaproxySettings settings, Path directory) {
    Haproxy haproxy = new Haproxy(settings, directory, InstantSource.system());
    haproxy.reader.start();
    return haproxy;
  }

  /** Splits traffic. */
  public TrafficRouter router() {
    return router;
  }

  /** Measures it: whole seconds of what HAProxy logged. */
  public MetricSource metrics() {
    return this::observe;
  }

  private Observation observe(Slot slot, Instant from, Instant to) {
    String backend = HaproxySettings.backend(slot);
    if (seatings.of(backend).isEmpty()) {
      return new Observation.NoData("HAProxy was never told to serve " + slot);
    }
    Optional<String> unknown = log.unknownSince(from);
    return unknown.isPresent()
        ? new Observation.NoData(unknown.get())
        : new Observation.Seen(
            from,
            to,
            log.traffic(backend, Arm.CANARY, from, to),
            log.traffic(backend, Arm.STABLE, from, to),
            List.of());
  }

  private final class Reading implements LogReader.Listener {
    @Override
    public void connected() {
      log.startOver(clock.instant());
      router.tellAgain();
    }

    @Override
    public void line(String text) {
      LogLine.parse(text).ifPresent(line -> arm(line).ifPresent(arm -> log.add(line, arm)));
    }

    @Override
    public void lost(String why) {
      log.lost(why);
    }
  }

  /** A request that no server would take is the stable version's failure. */
  private Optional<Arm> arm(LogLine line) {
    Optional<Seating> seating = seatings.of(line.backend());
    return line.server().equals(NO_SERVER)
        ? seating.map(any -> Arm.STABLE)
        : seating.flatMap(known -> known.armOf(line.server(), line.accepted()));
  }

  /** Stops reading; HAProxy goes on as it is. */
  @Override
  public void close() {
    reader.close();
  }
}

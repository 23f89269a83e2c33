package dev.slipway.app.haproxy;

import dev.slipway.app.haproxy.Seating.Arm;
import dev.slipway.app.haproxy.Seating.Seat;
import dev.slipway.app.haproxy.Seating.Use;
import dev.slipway.app.haproxy.Servers.Server;
import dev.slipway.change.Slot;
import dev.slipway.target.Epoch;
import dev.slipway.target.TargetFault;
import dev.slipway.target.TrafficRouter;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Splits a slot's traffic by the weights of servers of a HAProxy backend named {@code
 * environment-service}. Servers are places that instances take in turn: an instance keeps its
 * server until it has drained. Nothing is reloaded.
 */
final class HaproxyRouter implements TrafficRouter {
  private static final Logger LOG = LoggerFactory.getLogger(HaproxyRouter.class);

  /** A server that was made ready is up at once; its first check may find otherwise. */
  private static final Duration UP_MAX = Duration.ofSeconds(10);

  private static final long LOOK_AGAIN_MS = 20;

  private final HaproxySettings settings;
  private final RuntimeSocket socket;
  private final Seatings seatings;
  private final InstantSource clock;
  private final Map<String, Object> locks = new ConcurrentHashMap<>();
  private final StateFile stateFile;

  HaproxyRouter(
      HaproxySettings settings, RuntimeSocket socket, Seatings seatings, InstantSource clock) {
    this.settings = settings;
    this.socket = socket;
    this.seatings = seatings;
    this.clock = clock;
    this.stateFile = new StateFile(settings.stateFile(), socket);
  }

  @Override
  public URI split(Slot slot, Epoch epoch, Split split) {
    String backend = HaproxySettings.backend(slot);
    synchronized (locks.computeIfAbsent(backend, any -> new Object())) {
      Seating known = seatings.of(backend).orElse(Seating.NONE);
      if (epoch.compareTo(known.epoch()) < 0) {
        throw new TargetFault.StaleEpoch(epoch, known.epoch());
      }
      try {
        Servers servers = Servers.ask(socket, backend);
        List<Seat> seats = seats(backend, known, split, servers);
        Seating next = known.next(epoch, split, seats, clock.instant());
        seatings.write(backend, next);
        tell(backend, next, servers);
        awaitObeyed(backend, next);
        stateFile.refresh();
        return settings.endpoint(slot);
      } catch (IOException e) {
        throw new TargetFault(
            "HAProxy could not be told to split " + slot + ": " + e.getMessage(), e);
      }
    }
  }

  /** Tells a HAProxy that has been started anew what every backend was last to be. */
  void tellAgain() {
    for (String backend : seatings.backends()) {
      synchronized (locks.computeIfAbsent(backend, any -> new Object())) {
        try {
          Seating known = seatings.of(backend).orElse(Seating.NONE);
          tell(backend, known, Servers.ask(socket, backend));
        } catch (IOException e) {
          // One backend that is gone from the configuration must not keep the others back.
          LOG.error("HAProxy could not be told again what {} is to be", backend, e);
        }
      }
    }
  }

  private static Weights weights(Seating seating) {
    Split split = seating.split();
    return Weights.of(split.share(), split.stable().size(), split.canary().size());
  }

  private static List<Seat> seats(String backend, Seating known, Split split, Servers servers)
      throws IOException {
    List<Seat> seats = new ArrayList<>();
    Set<String> taken = new HashSet<>();
    for (Seat seat : known.seats()) {
      boolean wanted =
          split.stable().contains(seat.instance()) || split.canary().contains(seat.instance());
      if (!wanted && servers.named(seat.server()).sessions() > 0) {
        seats.add(seat.leaving());
      }
      if (wanted || servers.named(seat.server()).sessions() > 0) {
        taken.add(seat.server());
      }
    }
    for (Arm arm : Arm.values()) {
      for (Backend instance : arm == Arm.STABLE ? split.stable() : split.canary()) {
        String server =
            known.seatOf(instance).map(Seat::server).orElseGet(() -> free(backend, servers, taken));
        taken.add(server);
        seats.add(new Seat(server, instance, arm, Use.SERVING));
      }
    }
    return seats;
  }

  private static String free(String backend, Servers servers, Set<String> taken) {
    return servers.all().stream()
        .filter(server -> !taken.contains(server.name()) && server.sessions() == 0)
        .findFirst()
        .map(Server::name)
        .orElseThrow(
            () ->
                new TargetFault(
                    "backend "
                        + backend
                        + " has no free server left of "
                        + servers.all().size()
                        + "; raise the number in its server-template"));
  }

  /** New servers first, so that there is no moment without one. */
  private void tell(String backend, Seating seating, Servers servers) throws IOException {
    Weights weights = weights(seating);
    List<String> commands = new ArrayList<>();
    Set<String> seated = new HashSet<>();
    for (Seat seat : seating.seats()) {
      seated.add(seat.server());
      String server = backend + "/" + seat.server();
      if (seat.use() == Use.SERVING) {
        commands.add("set server " + server + " weight " + weight(seat, weights));
        if (!servers.named(seat.server()).address().equals(seat.instance())) {
          commands.add("set server " + server + " state maint");
          commands.add(
              "set server "
                  + server
                  + " addr "
                  + seat.instance().host()
                  + " port "
                  + seat.instance().port());
        }
        commands.add("set server " + server + " state ready");
      }
    }
    for (Seat seat : seating.seats()) {
      if (seat.use() == Use.LEAVING) {
        commands.add("set server " + backend + "/" + seat.server() + " state drain");
      }
    }
    for (Server server : servers.all()) {
      if (!seated.contains(server.name())) {
        commands.add("set server " + backend + "/" + server.name() + " state maint");
      }
    }
    socket.ask(commands);
  }

  private static int weight(Seat seat, Weights weights) {
    return seat.arm() == Arm.CANARY ? weights.canary() : weights.stable();
  }

  private void awaitObeyed(String backend, Seating seating) throws IOException {
    long deadline = System.nanoTime() + UP_MAX.toNanos();
    Optional<String> missing = missing(backend, seating);
    while (missing.isPresent()) {
      if (System.nanoTime() - deadline > 0) {
        throw new IOException(missing.get());
      }
      try {
        // Between two looks at HAProxy's own checks.
        TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN_MS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new TargetFault("interrupted while HAProxy turns to " + backend, e);
      }
      missing = missing(backend, seating);
    }
  }

  private Optional<String> missing(String backend, Seating seating) throws IOException {
    Weights weights = weights(seating);
    Servers servers = Servers.ask(socket, backend);
    for (Seat seat : seating.seats()) {
      if (seat.use() == Use.SERVING) {
        Server server = servers.named(seat.server());
        if (!server.isUp()
            || server.weight() != weight(seat, weights)
            || !server.address().equals(seat.instance())) {
          return Optional.of("it has not obeyed: " + server + " is to be " + seat);
        }
      }
    }
    return Optional.empty();
  }

  @Override
  public Optional<URI> endpoint(Slot slot) {
    return seatings.of(HaproxySettings.backend(slot)).map(known -> settings.endpoint(slot));
  }

  @Override
  public long inFlight(Slot slot, Backend instance) {
    String backend = HaproxySettings.backend(slot);
    Optional<Seat> seat = seatings.of(backend).flatMap(known -> known.seatOf(instance));
    if (seat.isEmpty()) {
      return 0;
    }
    try {
      return Servers.ask(socket, backend).named(seat.get().server()).sessions();
    } catch (IOException e) {
      throw new TargetFault("HAProxy could not be asked about " + slot, e);
    }
  }
}

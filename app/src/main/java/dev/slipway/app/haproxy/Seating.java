package dev.slipway.app.haproxy;

import dev.slipway.target.Epoch;
import dev.slipway.target.TrafficRouter.Backend;
import dev.slipway.target.TrafficRouter.Split;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which server of a backend stands for which instance, as written down before HAProxy is told.
 *
 * @param epoch the highest epoch obeyed
 * @param turns who sat where since when, oldest first; the last is what is to be
 */
record Seating(Epoch epoch, Split split, List<Turn> turns) {
  /** Enough for every step of a rollout and what came before it. */
  private static final int TURNS_MAX = 64;

  static final Seating NONE =
      new Seating(
          new Epoch(0, 0),
          new Split(List.of(), List.of(), dev.slipway.policy.Share.NONE, Optional.empty()),
          List.of());

  Seating {
    turns = List.copyOf(turns);
  }

  /** What a server's requests count for. */
  enum Arm {
    STABLE,
    CANARY
  }

  /** Whether a server gets new requests. */
  enum Use {
    SERVING,
    LEAVING
  }

  /** A server and the instance it stands for. */
  record Seat(String server, Backend instance, Arm arm, Use use) {
    Seat leaving() {
      return new Seat(server, instance, arm, Use.LEAVING);
    }
  }

  /** Who sat where from this time on. */
  record Turn(Instant since, List<Seat> seats) {
    Turn {
      seats = List.copyOf(seats);
    }
  }

  List<Seat> seats() {
    return turns.isEmpty() ? List.of() : turns.getLast().seats();
  }

  Optional<Seat> seatOf(Backend instance) {
    return seats().stream().filter(seat -> seat.instance().equals(instance)).findFirst();
  }

  /** What a request counts for that the server was given at this time. */
  Optional<Arm> armOf(String server, Instant given) {
    for (Turn turn : turns.reversed()) {
      if (!turn.since().isAfter(given)) {
        return turn.seats().stream()
            .filter(seat -> seat.server().equals(server))
            .map(Seat::arm)
            .findFirst();
      }
    }
    return Optional.empty();
  }

  Seating next(Epoch newer, Split wanted, List<Seat> seats, Instant now) {
    List<Turn> all = new ArrayList<>(turns);
    if (!seats.equals(seats())) {
      all.add(new Turn(now, seats));
    }
    return new Seating(newer, wanted, all.subList(Math.max(0, all.size() - TURNS_MAX), all.size()));
  }
}

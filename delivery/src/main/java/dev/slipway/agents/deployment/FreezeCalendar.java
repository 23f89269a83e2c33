package dev.slipway.agents.deployment;

import dev.slipway.project.Freeze;
import dev.slipway.project.Service;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * When nothing new goes to production: what the server says for everybody, and what a service says
 * for itself.
 *
 * @param everywhere the server's freezes
 */
public record FreezeCalendar(List<Freeze> everywhere, InstantSource clock) {
  public FreezeCalendar {
    everywhere = List.copyOf(everywhere);
  }

  /** When the service is no longer frozen; empty if it is not frozen now. */
  Optional<Instant> thaw(Service service) {
    return Freeze.thaw(of(service), clock.instant());
  }

  /** Why it is frozen now, in brackets; empty if nobody says why. */
  String why(Service service) {
    Instant now = clock.instant();
    String whys =
        of(service).stream()
            .filter(freeze -> freeze.endAt(now).isPresent() && !freeze.why().isEmpty())
            .map(Freeze::why)
            .distinct()
            .collect(Collectors.joining("; "));
    return whys.isEmpty() ? "" : " (" + whys + ")";
  }

  private List<Freeze> of(Service service) {
    return Stream.concat(everywhere.stream(), service.freezes().stream()).toList();
  }
}

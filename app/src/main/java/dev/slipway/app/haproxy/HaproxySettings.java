package dev.slipway.app.haproxy;

import dev.slipway.change.Slot;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a HAProxy is and what its configuration calls things.
 *
 * @param socket its stats socket, at level admin
 * @param ring the ring its log lines go to
 * @param stateFile the file its {@code server-state-file} names: kept up to date, so that HAProxy
 *     comes back from a restart with what it was told last
 * @param endpoint where clients reach a slot; {@code ${environment}} and {@code ${service}} stand
 *     for the slot's
 */
public record HaproxySettings(Path socket, String ring, Optional<Path> stateFile, String endpoint) {

  /** The settings of a HAProxy configured as {@code docs/operating} shows. */
  public static HaproxySettings at(Path socket, String endpoint) {
    return new HaproxySettings(socket, "slipway", Optional.empty(), endpoint);
  }

  /** The same with a server state file. */
  public HaproxySettings withStateFile(Path file) {
    return new HaproxySettings(socket, ring, Optional.of(file), endpoint);
  }

  /** The backend of a slot: {@code environment-service}. */
  static String backend(Slot slot) {
    return slot.environment().name() + "-" + slot.service().value();
  }

  URI endpoint(Slot slot) {
    return URI.create(
        endpoint
            .replace("${environment}", slot.environment().name())
            .replace("${service}", slot.service().value()));
  }
}

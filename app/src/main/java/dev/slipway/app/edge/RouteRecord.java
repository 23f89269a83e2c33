package dev.slipway.app.edge;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Optional;

/**
 * What is kept on disk of a route: the last wish obeyed. A deleted route keeps its epoch, so that
 * an older wish does not bring it back.
 *
 * @param epoch the epoch of the wish
 * @param spec the wish; absent if it was to delete the route
 */
record RouteRecord(@JsonProperty(required = true) Epoch epoch, Optional<RouteSpec> spec) {
  static RouteRecord serving(RouteSpec spec) {
    return new RouteRecord(spec.epoch(), Optional.of(spec));
  }

  static RouteRecord deleted(Epoch epoch) {
    return new RouteRecord(epoch, Optional.empty());
  }
}

package dev.slipway.app.demo;

import dev.slipway.app.api.ChangeView;
import dev.slipway.app.api.ShipRequest;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Predicate;

/** A running control plane, as the commands see it. Closing it stops it. */
public interface Pipeline extends AutoCloseable {
  /** Starts a control plane on a home; returns when it answers. */
  interface Starter {
    Pipeline start(Path home);
  }

  /** Asks for a branch to be taken to production. */
  ChangeView ship(ShipRequest request);

  /** Takes in every state of the change until one is the last one wanted, and gives that one. */
  ChangeView follow(String change, Predicate<ChangeView> last) throws InterruptedException;

  /** The file that has the report on a change's rollback, once it is written; empty without one. */
  Optional<String> incident(ChangeView change);

  @Override
  void close();
}

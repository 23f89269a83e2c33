package dev.slipway.incident;

import dev.slipway.change.ChangeId;
import dev.slipway.policy.judge.Recording;
import java.util.Optional;

/** Where incident reports go, for people and programs. Safe for many threads. */
public interface Incidents {
  /**
   * Keeps the report, in the place of an earlier one of the same name; durable when this returns.
   * The same report again gives the same text.
   *
   * @param recording what was seen of canary and baseline, for the plot; empty if nothing was
   */
  Kept keep(Incident incident, Optional<Recording> recording);

  /** The report of this name; empty if there is none. */
  Optional<Incident> find(String name);

  /** The latest report on the change; empty if there is none. */
  Optional<Kept> latest(ChangeId change);

  /**
   * A report that is kept.
   *
   * @param place where people find it, such as the path of a file
   * @param document the whole report, for programs
   */
  record Kept(Incident incident, String place, String document) {}
}

package dev.slipway.app.detectors.integrations;

import dev.slipway.app.detectors.text.Row;

/**
 * A dependency as a manifest declares it.
 *
 * @param name the package's name as its registry knows it
 * @param trace what another manifest that has it contains
 * @param version as written; empty if it is elsewhere
 */
record Dependency(String name, String trace, String version, Scope scope, Row row) {
  /** What it is for. */
  enum Scope {
    RUNTIME,
    /** Tests, tools, plugins: it does not go to production, or only what it makes. */
    BUILD
  }

  static Dependency of(String name, String version, Scope scope, Row row) {
    return new Dependency(name, name, version, scope, row);
  }
}

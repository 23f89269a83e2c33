package dev.slipway.app.processes;

import dev.slipway.change.Artifact;
import dev.slipway.target.TrafficRouter.Backend;

/**
 * One instance of a version. It is written down before its process starts, so that a crash in
 * between leaves a name by which the process can be found.
 *
 * @param id unique; in the environment of its process as {@code SLIPWAY_INSTANCE}
 * @param port where it listens on the loopback address; 0 for a worker
 */
record Instance(String id, Artifact artifact, int port) {
  Backend backend() {
    return new Backend("127.0.0.1", port);
  }
}

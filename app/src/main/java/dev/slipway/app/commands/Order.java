package dev.slipway.app.commands;

import dev.slipway.change.Artifact;
import dev.slipway.change.Environment;
import dev.slipway.change.ServiceName;
import dev.slipway.project.Service;
import dev.slipway.target.Epoch;
import java.util.Optional;

/**
 * What a script is told.
 *
 * @param version of this document's form
 * @param action install, shift, promote, roll_back or status
 * @param epoch rises with every move; the same move made again has the same
 * @param artifact what is to run
 * @param file where the artifact is, if it is a file
 * @param shareBp the canary's share of traffic in hundredths of a percent
 * @param run how the service's configuration says it is started
 */
record Order(
    int version,
    String action,
    Environment environment,
    ServiceName service,
    Epoch epoch,
    Optional<Artifact> artifact,
    Optional<String> file,
    Optional<Integer> shareBp,
    Optional<Service.Run> run) {
  static final int VERSION = 1;
}

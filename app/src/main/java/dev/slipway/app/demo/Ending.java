package dev.slipway.app.demo;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What the demo says when all changes rest. */
final class Ending {
  private final Path home;
  private final Pipeline pipeline;
  private final Journey journey;
  private final Customers customers;
  private final Screen screen;

  Ending(Path home, Pipeline pipeline, Journey journey, Customers customers, Screen screen) {
    this.home = home;
    this.pipeline = pipeline;
    this.journey = journey;
    this.customers = customers;
    this.screen = screen;
  }

  /**
   * Says it.
   *
   * @return the exit code: 0 if all ended as expected, else 1
   */
  int tell() {
    List<Track> tracks = journey.tracks();
    screen.say("");
    Summary.table(tracks, Instant.now()).forEach(screen::say);
    screen.say("");
    tracks.forEach(this::tellMore);
    screen.say(customers.total());
    screen.say("Audit log:       " + home.resolve("audit"));
    screen.say("Verify it:       ./slipway audit verify " + home.resolve("audit"));
    List<String> differences = Summary.differences(tracks);
    differences.forEach(it -> screen.say("Not as expected: " + it));
    if (!differences.isEmpty()) {
      screen.say("Log:             " + home.resolve("slipway.log"));
    }
    return differences.isEmpty() ? 0 : 1;
  }

  private void tellMore(Track track) {
    String who = "(" + track.change().letter() + ") ";
    if (track.madeAnew()) {
      screen.say(who + "was tested again, on the base that had moved under it.");
    }
    if (track.state().equals("ROLLED_BACK")) {
      Optional<ProductionRoute.Exposure> exposure = journey.exposure(track.change());
      exposure.ifPresent(it -> screen.say(who + "got of production's requests: " + it.text()));
      track
          .latest()
          .flatMap(pipeline::incident)
          .ifPresentOrElse(
              it -> screen.say("Incident report: " + it),
              () -> screen.say("There is no incident report; see " + home.resolve("slipway.log")));
    }
  }
}

package dev.slipway.app.demo;

import dev.slipway.app.api.ShipRequest;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * Five changes at once, from nothing to the summary. Everything it makes is under one temporary
 * directory, which is kept; everything it starts has ended when {@link #run} returns, or when the
 * process is told to end.
 */
public final class Demo {
  private static final int INTERRUPTED = 130;

  private final DemoSettings settings;
  private final Pipeline.Starter starter;
  private final Screen screen;

  /**
   * @param out where it speaks; on a terminal with a table that is redrawn
   */
  public Demo(DemoSettings settings, Pipeline.Starter starter, PrintWriter out) {
    this.settings = settings;
    this.starter = starter;
    this.screen = new Screen(out, Screen.kind());
  }

  /**
   * Runs it.
   *
   * @return 0 if all five ended as expected, else 1
   */
  public int run() throws InterruptedException {
    Cleanup cleanup = new Cleanup(complaint -> screen.say("slipway demo: " + complaint));
    try (cleanup) {
      return run(cleanup);
    } catch (RuntimeException e) {
      if (cleanup.interrupted()) {
        return INTERRUPTED;
      }
      throw e;
    }
  }

  private int run(Cleanup cleanup) throws InterruptedException {
    Path directory = temporary();
    Path home = directory.resolve("home");
    Programs programs = new Programs(cleanup, directory);
    Sample sample = Sample.create(programs, Sample.sources(), created(directory.resolve("orders")));
    TrafficRate rate = TrafficRate.enoughFor(settings, sample.limits());
    announce(directory, rate);
    screen.say("Building the sample's base once, so that Maven has what offline builds need.");
    MavenCache.warm(programs, sample.repository(), screen::say);
    screen.say("Starting the control plane.");
    cleanup.own(() -> new Leftovers(home, screen::say));
    Pipeline pipeline = cleanup.own(() -> starter.start(created(home)));
    ProductionRoute production = cleanup.own(() -> new ProductionRoute(home));
    Customers customers = cleanup.own(() -> Customers.waiting(production, rate, screen));
    Journey journey =
        new Journey(pipeline, production, new Approver(programs, home, screen), screen);
    journey.travel(change -> request(sample, change), customers);
    return new Ending(home, pipeline, journey, customers, screen).tell();
  }

  private ShipRequest request(Sample sample, SampleChange change) {
    return new ShipRequest(
        sample.repository().toString(),
        change.branch(),
        "main",
        Optional.of(settings.stagingMeasure().toString()),
        Optional.of(settings.canaryWindow().toString()),
        Optional.of(settings.rampStep().toString()),
        // All five go in at once, and any that passes staging may be the first in production.
        Optional.of(Sample.MAINTAINER),
        Optional.empty(),
        priority(change));
  }

  /** What moves no base goes first where both wait: nothing has to be tested again after it. */
  private static int priority(SampleChange change) {
    return change == SampleChange.SLOW_IN_PRODUCTION ? 1 : 0;
  }

  private void announce(Path directory, TrafficRate rate) {
    screen.say("Five pull requests at once, to a production of their own under " + directory);
    screen.say("Bake times are short here, and on record with every change:");
    screen.say(
        time(
            "--staging-measure",
            settings.stagingMeasure(),
            DemoSettings.OF_THE_PROJECT.stagingMeasure()));
    screen.say(
        time(
            "--canary-window",
            settings.canaryWindow(),
            DemoSettings.OF_THE_PROJECT.canaryWindow()));
    screen.say(time("--ramp-step", settings.rampStep(), DemoSettings.OF_THE_PROJECT.rampStep()));
    screen.say(
        String.format(
            Locale.ROOT,
            "Production's traffic is %,d requests/s while a canary is watched: the judge needs %,d"
                + " requests on the canary (5 %%) within its window. It is %,d requests/s otherwise.",
            rate.perSecond(),
            rate.canaryRequests(),
            rate.quietly()));
    screen.say("The first change to reach production has the base installed before it; consent");
    screen.say("to that (--first-deployment) is given with the changes. (e) has priority 1 in the");
    screen.say("queues: it moves no base, so nothing has to be tested again after it.");
  }

  private static String time(String option, Duration here, Duration project) {
    return String.format(
        Locale.ROOT,
        "  %-18s %5.1f s  (the sample's own .slipway.yml: %d s)",
        option,
        here.toMillis() / 1000.0,
        project.toSeconds());
  }

  private static Path temporary() {
    try {
      return Files.createTempDirectory("slipway-demo-").toRealPath();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make a temporary directory", e);
    }
  }

  private static Path created(Path directory) {
    try {
      return Files.createDirectories(directory);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make " + directory, e);
    }
  }
}

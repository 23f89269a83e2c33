package dev.slipway.app.demo;

import static java.util.Comparator.comparingInt;

import dev.slipway.app.api.ChangeView;
import dev.slipway.app.api.ShipRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/** All five changes on their way, followed until each of them rests. */
final class Journey {
  private static final String SCHEMA_RULE = "schema";
  private static final int APPROVALS_MAX = 2;

  private final Pipeline pipeline;
  private final ProductionRoute production;
  private final Approver approver;
  private final Screen screen;
  private final Instant began = Instant.now();
  private final Map<SampleChange, Track> tracks = new EnumMap<>(SampleChange.class);
  private final Map<SampleChange, Long> leases = new ConcurrentHashMap<>();
  private final Map<SampleChange, Integer> approvals = new ConcurrentHashMap<>();

  Journey(Pipeline pipeline, ProductionRoute production, Approver approver, Screen screen) {
    this.pipeline = pipeline;
    this.production = production;
    this.approver = approver;
    this.screen = screen;
    for (SampleChange change : SampleChange.values()) {
      tracks.put(change, new Track(change, began));
    }
  }

  /** In the order of their letters. */
  List<Track> tracks() {
    return List.copyOf(tracks.values());
  }

  /** Sends all of them at once and returns when the last one rests. */
  void travel(Function<SampleChange, ShipRequest> requests, Customers customers)
      throws InterruptedException {
    Screen.Showing showing = screen.show(() -> table(customers));
    try (ExecutorService followers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> all = new ArrayList<>();
      for (Track track : inOrderOfPriority(requests)) {
        ChangeView sent = pipeline.ship(requests.apply(track.change()));
        all.add(followers.submit(() -> follow(track, sent)));
      }
      for (Future<?> follower : all) {
        await(follower);
      }
    } finally {
      showing.close();
    }
  }

  private List<Track> inOrderOfPriority(Function<SampleChange, ShipRequest> requests) {
    return tracks().stream()
        .sorted(comparingInt((Track it) -> requests.apply(it.change()).priority()).reversed())
        .toList();
  }

  private static void await(Future<?> follower) throws InterruptedException {
    try {
      follower.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException fault) {
        throw fault;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  private ChangeView follow(Track track, ChangeView sent) throws InterruptedException {
    return pipeline.follow(sent.change(), view -> rests(track, view));
  }

  private boolean rests(Track track, ChangeView view) {
    track.add(view, Instant.now()).ifPresent(moment -> tell(track));
    if (view.step().equals("watching")) {
      production.lease().ifPresent(lease -> leases.putIfAbsent(track.change(), lease));
    }
    if (view.exitCode() == ChangeView.UNDER_WAY) {
      return false;
    }
    return !approved(track, view);
  }

  private void tell(Track track) {
    Instant now = Instant.now();
    screen.happened(
        () -> {
          String reason = track.reason();
          String line = seconds(now) + "  " + track.line(now);
          return reason.isEmpty() ? line : line + "\n            " + reason;
        });
  }

  private String seconds(Instant now) {
    return String.format(Locale.ROOT, "%6.1f s", Duration.between(began, now).toMillis() / 1000.0);
  }

  /** The one change that is approved while it runs, and only for what it is there to show. */
  private boolean approved(Track track, ChangeView view) {
    boolean forItsSchema =
        track.change() == SampleChange.MIGRATION
            && track.waits()
            && view.reasons().stream().anyMatch(reason -> reason.rule().contains(SCHEMA_RULE));
    if (!forItsSchema || approvals.merge(track.change(), 1, Integer::sum) > APPROVALS_MAX) {
      return false;
    }
    try {
      approver.approve(view);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private List<String> table(Customers customers) {
    Instant now = Instant.now();
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            "  %-19s %-11s %-13s %-21s %8s", "change", "stage", "verdict", "doing", "time"));
    tracks().forEach(track -> lines.add(track.line(now)));
    lines.add(seconds(now) + "  " + customers.line());
    return lines;
  }

  /** What the change's canary got of production's requests; empty if it never had one. */
  Optional<ProductionRoute.Exposure> exposure(SampleChange change) {
    return Optional.ofNullable(leases.get(change)).map(production::exposure);
  }
}

package dev.slipway.app.demo;

import dev.slipway.app.api.ChangeView;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The way of one change so far, as it was told. Safe for use by several threads.
 *
 * <p>Its time runs from when the change was sent to when it rests, or to now.
 */
final class Track {
  private static final String WAITING = "WAITING_FOR_PERSON";
  private static final List<String> REWORK = List.of("preparing", "reviewing", "testing");

  private final SampleChange change;
  private final Instant began;
  private final List<Moment> moments = new ArrayList<>();
  private Optional<ChangeView> latest = Optional.empty();
  private Optional<Instant> rested = Optional.empty();

  /**
   * A state that the change entered.
   *
   * @param step what was being done in it, for people
   */
  record Moment(Instant at, String state, String stage, String verdict, String step) {}

  Track(SampleChange change, Instant began) {
    this.change = change;
    this.began = began;
  }

  SampleChange change() {
    return change;
  }

  /**
   * Takes in a state.
   *
   * @return the moment it began, if it is another than the one before
   */
  synchronized Optional<Moment> add(ChangeView view, Instant now) {
    latest = Optional.of(view);
    rested = view.exitCode() == ChangeView.UNDER_WAY ? Optional.empty() : Optional.of(now);
    ChangeView.StageView stage = stage(view);
    Moment moment =
        new Moment(
            now, view.state(), stage.stage(), stage.verdict(), view.step().replace('_', ' '));
    boolean same =
        !moments.isEmpty()
            && moments.getLast().step().equals(moment.step())
            && moments.getLast().verdict().equals(moment.verdict());
    if (same) {
      return Optional.empty();
    }
    moments.add(moment);
    return Optional.of(moment);
  }

  /** The stage that it is in, or the last one it was in. */
  private static ChangeView.StageView stage(ChangeView view) {
    return view.stages().stream()
        .filter(it -> it.verdict().equals("running"))
        .findFirst()
        .orElseGet(
            () ->
                view.stages().stream()
                    .filter(it -> !it.verdict().equals("pending"))
                    .reduce((first, second) -> second)
                    .orElse(view.stages().getFirst()));
  }

  synchronized Optional<ChangeView> latest() {
    return latest;
  }

  synchronized List<Moment> moments() {
    return List.copyOf(moments);
  }

  synchronized Duration time(Instant now) {
    return Duration.between(began, rested.orElse(now));
  }

  /** Whether the base moved under it, so that its candidate was made anew after production. */
  synchronized boolean madeAnew() {
    boolean queued = false;
    for (Moment moment : moments) {
      queued |= moment.step().equals("queued for production");
      if (queued && REWORK.contains(moment.step())) {
        return true;
      }
    }
    return false;
  }

  synchronized String state() {
    return latest.map(ChangeView::state).orElse("NOT_SENT");
  }

  boolean asExpected() {
    return state().equals(change.expected());
  }

  boolean waits() {
    return state().equals(WAITING);
  }

  /** What holds it or ended it, in a line. */
  synchronized String reason() {
    return latest.map(ChangeView::reasons).orElse(List.of()).stream()
        .map(reason -> reason.rule() + ": " + reason.message())
        .collect(Collectors.joining("; "));
  }

  /** Its line in the table: who it is, stage, verdict, what is being done, time. */
  synchronized String line(Instant now) {
    Optional<Moment> moment = moments.isEmpty() ? Optional.empty() : Optional.of(moments.getLast());
    return String.format(
        Locale.ROOT,
        "%s %-19s %-11s %-13s %-21s %6.1f s",
        change.letter(),
        change.branch(),
        moment.map(Moment::stage).orElse("-"),
        moment.map(Moment::verdict).orElse("-"),
        moment.map(Track::doing).orElse("-"),
        time(now).toMillis() / 1000.0);
  }

  private static String doing(Moment moment) {
    String resting = moment.state().toLowerCase(Locale.ROOT).replace('_', ' ');
    return resting.equals(moment.step()) ? moment.state() : moment.step();
  }
}

package dev.slipway.project;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Time in which nothing new goes to production of itself. */
public sealed interface Freeze {
  /** Why, for people; may be empty. */
  String why();

  /** When the window ends that the time falls in, which is no longer in it; empty if in none. */
  Optional<Instant> endAt(Instant time);

  /** One window, from a time on until before another. */
  record Once(Instant from, Instant to, String why) implements Freeze {
    public Once {
      if (!from.isBefore(to)) {
        throw new IllegalArgumentException("a freeze ends after it begins");
      }
    }

    @Override
    public String toString() {
      return from + "/" + to + because(why);
    }

    @Override
    public Optional<Instant> endAt(Instant time) {
      return time.isBefore(from) || !time.isBefore(to) ? Optional.empty() : Optional.of(to);
    }
  }

  /**
   * A window on each day from {@code first} to {@code last} of every week, in local time of the
   * zone.
   *
   * @param to where it is not after {@code from}, it is meant on the next day; midnight is the
   *     day's end
   */
  record Weekly(
      DayOfWeek first, DayOfWeek last, LocalTime from, LocalTime to, ZoneId zone, String why)
      implements Freeze {
    private static final int WEEK = DayOfWeek.values().length;

    @Override
    public String toString() {
      return first + "-" + last + " " + from + "-" + to + " " + zone + because(why);
    }

    @Override
    public Optional<Instant> endAt(Instant time) {
      LocalDate today = time.atZone(zone).toLocalDate();
      // A window that began yesterday may last until now.
      return endOf(today, time).or(() -> endOf(today.minusDays(1), time));
    }

    private Optional<Instant> endOf(LocalDate day, Instant time) {
      int days = Math.floorMod(last.getValue() - first.getValue(), WEEK);
      if (Math.floorMod(day.getDayOfWeek().getValue() - first.getValue(), WEEK) > days) {
        return Optional.empty();
      }
      Instant begin = ZonedDateTime.of(day, from, zone).toInstant();
      Instant end =
          ZonedDateTime.of(to.isAfter(from) ? day : day.plusDays(1), to, zone).toInstant();
      return begin.isBefore(end) ? new Once(begin, end, why).endAt(time) : Optional.empty();
    }
  }

  private static String because(String why) {
    return why.isEmpty() ? "" : " " + why;
  }

  /** Windows that follow on one another are looked through as far as this. */
  int WINDOWS_MAX = 1_000;

  /**
   * When none of the freezes holds any more, as far as can be seen ahead; empty if none does at the
   * time.
   */
  static Optional<Instant> thaw(Collection<Freeze> freezes, Instant time) {
    Instant at = time;
    for (int i = 0; i < WINDOWS_MAX; i++) {
      Optional<Instant> end = endAt(freezes, at);
      if (end.isEmpty()) {
        break;
      }
      at = end.get();
    }
    return at.equals(time) ? Optional.empty() : Optional.of(at);
  }

  private static Optional<Instant> endAt(Collection<Freeze> freezes, Instant time) {
    return freezes.stream()
        .flatMap(freeze -> freeze.endAt(time).stream())
        .max(Comparator.naturalOrder());
  }
}

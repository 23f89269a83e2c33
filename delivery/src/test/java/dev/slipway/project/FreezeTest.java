package dev.slipway.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FreezeTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  /** On Fridays, Saturdays and Sundays from 16:00 to midnight. */
  private static final Freeze EVENINGS =
      new Freeze.Weekly(
          DayOfWeek.FRIDAY, DayOfWeek.SUNDAY, LocalTime.of(16, 0), LocalTime.MIDNIGHT, BERLIN, "");

  private static Optional<String> end(Freeze freeze, String time) {
    return freeze.endAt(Instant.parse(time)).map(Object::toString);
  }

  @Test
  void onceHoldsFromItsBeginUntilBeforeItsEnd() {
    Freeze freeze =
        new Freeze.Once(
            Instant.parse("2026-12-20T00:00:00Z"), Instant.parse("2027-01-02T00:00:00Z"), "");

    assertThat(end(freeze, "2026-12-19T23:59:59Z")).isEmpty();
    assertThat(end(freeze, "2026-12-20T00:00:00Z")).contains("2027-01-02T00:00:00Z");
    assertThat(end(freeze, "2027-01-01T23:59:59Z")).contains("2027-01-02T00:00:00Z");
    assertThat(end(freeze, "2027-01-02T00:00:00Z")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    // A Thursday evening and a Friday's, in winter: Berlin is an hour ahead.
    "2026-11-26T18:00:00Z,",
    "2026-11-27T14:59:59Z,",
    "2026-11-27T15:00:00Z, 2026-11-27T23:00:00Z",
    "2026-11-29T22:59:59Z, 2026-11-29T23:00:00Z",
    "2026-11-29T23:00:00Z,",
    // In summer two hours.
    "2026-07-03T14:00:00Z, 2026-07-03T22:00:00Z",
  })
  void everyWeekHoldsInLocalTime(String time, String expected) {
    assertThat(end(EVENINGS, time)).isEqualTo(Optional.ofNullable(expected));
  }

  @Test
  void aRangeThatEndsNoLaterThanItBeginsEndsOnTheNextDay() {
    Freeze night =
        new Freeze.Weekly(
            DayOfWeek.SUNDAY,
            DayOfWeek.SUNDAY,
            LocalTime.of(22, 0),
            LocalTime.of(6, 0),
            ZoneOffset.UTC,
            "");

    assertThat(end(night, "2026-11-29T22:30:00Z")).contains("2026-11-30T06:00:00Z");
    assertThat(end(night, "2026-11-30T05:59:59Z")).contains("2026-11-30T06:00:00Z");
    assertThat(end(night, "2026-11-29T05:00:00Z")).isEmpty();
  }

  @Test
  void theDaysGoRoundTheWeek() {
    Freeze weekend =
        new Freeze.Weekly(
            DayOfWeek.SATURDAY,
            DayOfWeek.MONDAY,
            LocalTime.MIDNIGHT,
            LocalTime.MIDNIGHT,
            ZoneOffset.UTC,
            "");

    assertThat(Freeze.thaw(List.of(weekend), Instant.parse("2026-11-28T12:00:00Z")))
        .contains(Instant.parse("2026-12-01T00:00:00Z"));
    assertThat(end(weekend, "2026-11-27T23:59:59Z")).isEmpty();
  }

  @Test
  void whatFollowsOnOneAnotherIsOneFreeze() {
    Freeze then =
        new Freeze.Once(
            Instant.parse("2026-11-27T20:00:00Z"), Instant.parse("2026-11-28T03:00:00Z"), "");

    assertThat(Freeze.thaw(List.of(EVENINGS, then), Instant.parse("2026-11-27T15:00:00Z")))
        .contains(Instant.parse("2026-11-28T03:00:00Z"));
    assertThat(Freeze.thaw(List.of(EVENINGS, then), Instant.parse("2026-11-26T15:00:00Z")))
        .isEmpty();
  }

  @Test
  void aFreezeThatNeverEndsIsLookedThroughOnlySoFar() {
    Freeze always =
        new Freeze.Weekly(
            DayOfWeek.MONDAY, DayOfWeek.SUNDAY, LocalTime.MIDNIGHT, LocalTime.MIDNIGHT, BERLIN, "");
    Instant now = Instant.parse("2026-11-27T15:00:00Z");

    assertThat(Freeze.thaw(List.of(always), now))
        .hasValueSatisfying(
            thaw -> assertThat(Duration.between(now, thaw)).isGreaterThan(Duration.ofDays(900)));
  }

  /** Whatever the zone does with its clocks: a window that holds ends later, and not in itself. */
  @Test
  void whatHoldsEndsLater() {
    Random random = new Random(7);
    for (int i = 0; i < 20_000; i++) {
      Freeze.Weekly freeze =
          new Freeze.Weekly(
              DayOfWeek.of(1 + random.nextInt(7)),
              DayOfWeek.of(1 + random.nextInt(7)),
              LocalTime.of(random.nextInt(24), random.nextInt(60)),
              LocalTime.of(random.nextInt(24), random.nextInt(60)),
              BERLIN,
              "");
      // The weeks around a change of the clocks.
      Instant time =
          Instant.parse("2026-10-18T00:00:00Z").plusSeconds(random.nextInt(14 * 24 * 3600));

      freeze
          .endAt(time)
          .ifPresent(
              end -> {
                assertThat(end).isAfter(time).isBefore(time.plus(Duration.ofHours(26)));
                assertThat(freeze.endAt(end.minusMillis(1))).contains(end);
              });
    }
  }

  @Test
  void aFreezeThatEndsBeforeItBeginsIsNone() {
    Instant now = Instant.EPOCH;
    assertThatThrownBy(() -> new Freeze.Once(now, now, ""))
        .isInstanceOf(IllegalArgumentException.class);
  }
}

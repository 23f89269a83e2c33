package dev.slipway.app.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CountersTest {
  private static final Instant START = Instant.parse("2026-11-01T12:00:00.5Z");
  private static final Instant FIRST = Instant.parse("2026-11-01T12:00:01Z");

  private Instant now = START;
  private final Counters counters = new Counters(() -> now);

  private static RouteSpec spec(long move) {
    return new RouteSpec(
        new Epoch(1, move),
        Optional.empty(),
        List.of(new Instance("127.0.0.1", 1)),
        List.of(),
        0,
        Optional.empty());
  }

  private void count(CounterSet set, Arm arm, Result result, int times) {
    for (int i = 0; i < times; i++) {
      counters.add(set, arm, result, result.isError() ? 500 : 200, 1_000_000);
    }
  }

  @Test
  void anIntervalsSumIsTheSumOfItsSeconds() {
    Random random = new Random(5);
    CounterSet set = counters.open(spec(1));
    for (int second = 0; second < 120; second++) {
      now = FIRST.plusSeconds(second);
      count(set, Arm.CANARY, Result.ANSWERED, random.nextInt(5));
      count(set, Arm.CANARY, Result.STATUS_5XX, random.nextInt(2));
      count(set, Arm.STABLE, Result.ANSWERED, random.nextInt(50));
      if (second % 10 == 0) {
        set = counters.open(spec(2 + second));
      }
    }
    for (int i = 0; i < 50; i++) {
      Instant from = FIRST.plusSeconds(random.nextInt(60));
      Instant to = from.plusSeconds(random.nextInt(60));
      for (Arm arm : Arm.values()) {
        Window window = counters.window(arm, from, to);
        List<Slice> slices =
            counters.slices(from, to).stream().filter(s -> s.arm() == arm).toList();
        assertThat(window.counts().requests())
            .isEqualTo(slices.stream().mapToLong(Slice::requests).sum())
            .isEqualTo(window.histogram().count());
        assertThat(window.counts().errors())
            .isEqualTo(slices.stream().mapToLong(Slice::errors).sum());
      }
    }
  }

  @Test
  void aSecondBelongsToTheIntervalThatStartsWithIt() {
    CounterSet set = counters.open(spec(1));
    now = FIRST.plusMillis(999);
    count(set, Arm.STABLE, Result.ANSWERED, 3);
    assertThat(counters.window(Arm.STABLE, FIRST, FIRST.plusSeconds(1)).counts().requests())
        .isEqualTo(3);
    assertThat(counters.window(Arm.STABLE, FIRST.plusSeconds(1), FIRST.plusSeconds(9)).counts())
        .isEqualTo(new Tally().counts());
    assertThat(counters.window(Arm.STABLE, FIRST.plusSeconds(1), FIRST).counts().requests())
        .isZero();
  }

  @Test
  void saysFromWhenItKnows() {
    counters.open(spec(1));
    assertThat(counters.window(Arm.CANARY, START, FIRST).coversStart()).isFalse();
    assertThat(counters.window(Arm.CANARY, FIRST, FIRST).coversStart()).isTrue();
    now = FIRST.plus(Duration.ofMinutes(31));
    assertThat(counters.window(Arm.CANARY, FIRST, now).coveredFrom())
        .isEqualTo(FIRST.plus(Duration.ofMinutes(1)));
  }

  @Test
  void forgetsSecondsAfterHalfAnHour() {
    CounterSet set = counters.open(spec(1));
    now = FIRST;
    count(set, Arm.STABLE, Result.ANSWERED, 1);
    now = FIRST.plusSeconds(Counters.KEPT_SECONDS);
    count(set, Arm.STABLE, Result.ANSWERED, 1);
    assertThat(counters.slices(FIRST, now.plusSeconds(1))).hasSize(2);
    now = FIRST.plusSeconds(Counters.KEPT_SECONDS + 1);
    count(set, Arm.STABLE, Result.ANSWERED, 1);
    assertThat(counters.slices(FIRST, now.plusSeconds(1))).hasSize(2);
    assertThat(counters.view().getLast().stable().requests()).isEqualTo(3);
  }

  @Test
  void countsWhatEndsLateInTheEpochItBeganIn() {
    CounterSet first = counters.open(spec(1));
    CounterSet second = counters.open(spec(2));
    count(second, Arm.STABLE, Result.ANSWERED, 2);
    count(first, Arm.CANARY, Result.TIMEOUT, 1);
    assertThat(counters.view().getFirst().canary().errors()).isEqualTo(1);
    assertThat(counters.view().getLast().canary().requests()).isZero();
    assertThat(counters.view().getLast().stable().requests()).isEqualTo(2);
  }

  @Test
  void keepsSixtyFourEpochsAndAdmitsWhatItDropped() {
    CounterSet oldest = counters.open(spec(0));
    now = FIRST.plusSeconds(10);
    count(oldest, Arm.STABLE, Result.ANSWERED, 1);
    for (int move = 1; move <= Counters.SETS_MAX; move++) {
      counters.open(spec(move));
    }
    assertThat(counters.view()).hasSize(Counters.SETS_MAX);
    assertThat(counters.view().getFirst().epoch()).isEqualTo(new Epoch(1, 1));
    Window window = counters.window(Arm.STABLE, FIRST, FIRST.plusSeconds(20));
    assertThat(window.coveredFrom()).isEqualTo(FIRST.plusSeconds(11));
    assertThat(window.coversStart()).isFalse();
  }

  @Test
  void aClockThatJumpsBackLosesNothing() {
    CounterSet set = counters.open(spec(1));
    now = FIRST.plusSeconds(3_000);
    count(set, Arm.STABLE, Result.ANSWERED, 1);
    now = FIRST.plusSeconds(10);
    count(set, Arm.STABLE, Result.ANSWERED, 1);
    assertThat(counters.slices(FIRST, FIRST.plusSeconds(4_000))).hasSize(2);
  }

  @Test
  void everyResultButThreeIsAnError() {
    assertThat(List.of(Result.values()).stream().filter(r -> !r.isError()))
        .containsExactly(Result.ANSWERED, Result.CLIENT_GONE, Result.CLIENT_FAULT);
  }
}

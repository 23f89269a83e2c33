package dev.slipway.policy.judge;

import static dev.slipway.policy.judge.SimulatedCanary.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.policy.Verdict;
import dev.slipway.policy.judge.SimulatedCanary.Arm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StableErrorsTest {
  private static final Duration EVERY = Duration.ofSeconds(10);
  private static final Arm NO_CANARY = Arm.of(0, 0, 100);

  private static Verdict lately(long seed, Arm stable) {
    return StableErrors.judge(
        "production/orders",
        List.copyOf(
            new SimulatedCanary(seed, NO_CANARY, stable, EVERY).intervals(Duration.ofMinutes(1))),
        JudgeLimits.DEFAULT);
  }

  @Test
  void aSoundVersionIsNotInTrouble() {
    for (long seed = 0; seed < 1_000; seed++) {
      assertThat(lately(seed, Arm.of(50, 0.004, 100))).isEqualTo(new Verdict.Pass());
    }
  }

  @Test
  void aVersionThatFailsEveryTenthRequestIsInTrouble() {
    for (long seed = 0; seed < 100; seed++) {
      Verdict verdict = lately(seed, Arm.of(50, 0.1, 100));
      assertThat(verdict).isInstanceOf(Verdict.Fail.class);
      assertThat(verdict.reasons())
          .singleElement()
          .satisfies(
              reason -> {
                assertThat(reason.rule()).isEqualTo("deployment.incident");
                assertThat(reason.subject()).isEqualTo("production/orders");
                assertThat(reason.message())
                    .contains("production/orders is in trouble itself", "in the last 60 s")
                    .contains("at most 0.50 % may");
              });
    }
  }

  @Test
  void oneErrorInTenRequestsIsNoTrouble_C3() {
    assertThat(lately(1, Arm.of(0.15, 0.1, 100))).isEqualTo(new Verdict.Pass());
  }

  @Test
  void withoutRequestsThereIsNoTrouble() {
    assertThat(lately(1, NO_CANARY)).isEqualTo(new Verdict.Pass());
  }

  @Test
  void aCanarysErrorsAreNotTheStableVersions() {
    List<Interval> intervals =
        List.copyOf(
            new SimulatedCanary(1, Arm.of(50, 1, 100), Arm.of(50, 0, 100), EVERY)
                .intervals(Duration.ofMinutes(1)));
    assertThat(StableErrors.judge("production/orders", intervals, JudgeLimits.DEFAULT))
        .isEqualTo(new Verdict.Pass());
  }

  @Test
  void whatCannotBeSeenIsNotSaidToBeSound_C9() {
    List<Interval> intervals = new ArrayList<>();
    List<Interval.Measured> seen =
        new SimulatedCanary(1, NO_CANARY, Arm.of(50, 0, 100), EVERY)
            .intervals(Duration.ofMinutes(1));
    for (int i = 0; i < seen.size(); i++) {
      intervals.add(
          i < 4
              ? new Interval.Missed(seen.get(i).from(), seen.get(i).to(), "HTTP 500")
              : seen.get(i));
    }
    Verdict verdict = StableErrors.judge("production/orders", intervals, JudgeLimits.DEFAULT);
    assertThat(verdict).isInstanceOf(Verdict.NotRun.class);
    assertThat(verdict.reasons().getFirst().message())
        .isEqualTo("production/orders cannot be seen now: HTTP 500");

    intervals.set(0, seen.getFirst());
    assertThat(StableErrors.judge("production/orders", intervals, JudgeLimits.DEFAULT))
        .isEqualTo(new Verdict.Pass());
    assertThat(seen.getFirst().from()).isEqualTo(START);
  }
}

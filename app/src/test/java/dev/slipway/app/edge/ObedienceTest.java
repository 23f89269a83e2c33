package dev.slipway.app.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ObedienceTest {
  private static RouteRecord wish(long lease, long move, int port) {
    return RouteRecord.serving(
        new RouteSpec(
            new Epoch(lease, move),
            Optional.of(new Instance("127.0.0.1", 80)),
            List.of(new Instance("127.0.0.1", port)),
            List.of(),
            0,
            Optional.empty()));
  }

  @Test
  void obeysTheFirstWish() {
    assertThat(Obedience.judge(Optional.empty(), wish(0, 0, 1))).isEqualTo(new Obedience.Obey());
  }

  @Test
  void aLaterLeaseOutranksAnyMove() {
    Optional<RouteRecord> known = Optional.of(wish(2, 9, 1));
    assertThat(Obedience.judge(known, wish(3, 0, 1))).isEqualTo(new Obedience.Obey());
    assertThat(Obedience.judge(known, wish(2, 10, 1))).isEqualTo(new Obedience.Obey());
    assertThat(Obedience.judge(known, wish(2, 8, 1)))
        .isEqualTo(new Obedience.Refused(new Refusal.StaleEpoch(new Epoch(2, 8), new Epoch(2, 9))));
    assertThat(Obedience.judge(known, wish(1, 99, 1)))
        .isEqualTo(
            new Obedience.Refused(new Refusal.StaleEpoch(new Epoch(1, 99), new Epoch(2, 9))));
  }

  @Test
  void theSameEpochIsForTheSameBodyOnly() {
    Optional<RouteRecord> known = Optional.of(wish(2, 9, 1));
    assertThat(Obedience.judge(known, wish(2, 9, 1))).isEqualTo(new Obedience.Already());
    assertThat(Obedience.judge(known, wish(2, 9, 2)))
        .isEqualTo(new Obedience.Refused(new Refusal.OtherBody(new Epoch(2, 9))));
    assertThat(Obedience.judge(known, RouteRecord.deleted(new Epoch(2, 9))))
        .isEqualTo(new Obedience.Refused(new Refusal.OtherBody(new Epoch(2, 9))));
  }

  @Test
  void aDeletedRouteRemembersItsEpoch() {
    Optional<RouteRecord> known = Optional.of(RouteRecord.deleted(new Epoch(4, 0)));
    assertThat(Obedience.judge(known, wish(3, 7, 1))).isInstanceOf(Obedience.Refused.class);
    assertThat(Obedience.judge(known, RouteRecord.deleted(new Epoch(4, 0))))
        .isEqualTo(new Obedience.Already());
    assertThat(Obedience.judge(known, wish(4, 1, 1))).isEqualTo(new Obedience.Obey());
  }
}

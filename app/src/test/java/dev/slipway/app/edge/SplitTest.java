package dev.slipway.app.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SplitTest {
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7, 100, 333, 500, 2_500, 3_333, 5_000, 6_667, 9_500, 9_999, 10_000})
  void theShareIsExactAfterEveryRequest(int shareBp) {
    Random seeds = new Random(shareBp);
    for (int run = 0; run < 5; run++) {
      Split split = new Split(shareBp, seeds.nextLong());
      long canary = 0;
      for (long asked = 1; asked <= 30_000; asked++) {
        canary += split.next() == Arm.CANARY ? 1 : 0;
        double due = asked * shareBp / 10_000.0;
        assertThat(Math.abs(canary - due)).as("after %d requests", asked).isLessThanOrEqualTo(1.0);
      }
    }
  }

  @Test
  void aClientThatRepeatsAPatternMeetsTheCanaryWithAllOfIt() {
    Split split = new Split(500, 42);
    Set<Integer> met = new HashSet<>();
    for (int request = 0; request < 20_000; request++) {
      if (split.next() == Arm.CANARY) {
        met.add(request % 20);
      }
    }
    assertThat(met).hasSize(20);
  }

  @Test
  void theSameSeedAssignsTheSame() {
    Split one = new Split(500, 7);
    Split other = new Split(500, 7);
    for (int request = 0; request < 1_000; request++) {
      assertThat(one.next()).isEqualTo(other.next());
    }
  }
}

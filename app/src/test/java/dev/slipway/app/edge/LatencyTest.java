package dev.slipway.app.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LatencyTest {
  private static final long MS = 1_000_000;

  @Test
  void boundsAreTheNumbersOfTwoSignificantDigits() {
    assertThat(LatencyScale.buckets()).isEqualTo(591);
    assertThat(LatencyScale.upperMs(0)).isEqualTo(0.1);
    assertThat(LatencyScale.upperMs(590)).isEqualTo(600_000);
    for (int bucket = 1; bucket < LatencyScale.buckets(); bucket++) {
      double step = LatencyScale.upperMs(bucket) / LatencyScale.upperMs(bucket - 1);
      assertThat(step).isGreaterThan(1.0).isLessThanOrEqualTo(1.1000001);
    }
  }

  @Test
  void aBoundBelongsToItsOwnBucket() {
    assertThat(LatencyScale.upperMs(LatencyScale.bucketOf(800 * MS))).isEqualTo(800);
    assertThat(LatencyScale.upperMs(LatencyScale.bucketOf(800 * MS + 1))).isEqualTo(810);
    assertThat(LatencyScale.upperMs(LatencyScale.bucketOf(0))).isEqualTo(0.1);
    assertThat(LatencyScale.upperMs(LatencyScale.bucketOf(900_000 * MS))).isEqualTo(600_000);
  }

  @Test
  void countsSlowerThanALimitExactly() {
    Random random = new Random(1);
    Tally tally = new Tally();
    long slow = 0;
    for (int i = 0; i < 10_000; i++) {
      long nanos = (long) (random.nextDouble() * 2_000 * MS);
      tally.add(Result.ANSWERED, nanos);
      slow += nanos > 800 * MS ? 1 : 0;
    }
    assertThat(tally.histogram().slowerThan(800)).isEqualTo(slow);
    assertThat(tally.histogram().count()).isEqualTo(10_000);
  }

  @Test
  void quantilesAreTheNearestRanksBound() {
    Random random = new Random(2);
    for (int size : new int[] {1, 2, 3, 99, 100, 101, 5_000}) {
      Tally tally = new Tally();
      long[] nanos = random.longs(size, 1, 5_000 * MS).toArray();
      Arrays.stream(nanos).forEach(n -> tally.add(Result.ANSWERED, n));
      Arrays.sort(nanos);
      for (double quantile : new double[] {0.5, 0.9, 0.99, 1.0}) {
        long exact = nanos[(int) Math.ceil(quantile * size) - 1];
        assertThat(tally.histogram().quantileMs(quantile))
            .isEqualTo(LatencyScale.upperMs(LatencyScale.bucketOf(exact)));
      }
    }
    assertThat(Histogram.EMPTY.quantileMs(0.99)).isZero();
  }

  @Test
  void sumsAreWhatTheirPartsWere() {
    Random random = new Random(3);
    Tally whole = new Tally();
    Tally sum = new Tally();
    for (int part = 0; part < 50; part++) {
      Tally one = new Tally();
      for (int i = 0; i < random.nextInt(100); i++) {
        Result result = Result.values()[random.nextInt(Result.values().length)];
        long nanos = random.nextLong(10_000 * MS);
        one.add(result, nanos);
        whole.add(result, nanos);
      }
      sum.addAll(one);
    }
    assertThat(sum.counts()).isEqualTo(whole.counts());
    assertThat(sum.histogram()).isEqualTo(whole.histogram());
    assertThat(sum.counts().requests()).isEqualTo(sum.histogram().count());
  }
}

package dev.slipway.app.edge;

/**
 * Assigns requests to arms in an exact share: after any number of requests N the canary has had
 * {@code N * share} of them, give or take less than one.
 *
 * <p>The requests are cut into consecutive cells of {@code 1/share} requests; each cell gives one
 * request to the canary, at a place drawn from a seed. So the share is exact at any time and not
 * only on average (stratified sampling), while a client that repeats a pattern of requests does not
 * meet the canary with the same one each time, as it would if every twentieth were taken.
 */
final class Split {
  private final int shareBp;
  private final long seed;
  private long asked;
  private long cell = -1;
  private long chosen;

  Split(int shareBp, long seed) {
    this.shareBp = shareBp;
    this.seed = seed;
  }

  Arm next() {
    long request = asked++;
    if (shareBp == 0) {
      return Arm.STABLE;
    }
    long cellNow = request * shareBp / RouteSpec.WHOLE_BP;
    if (cellNow != cell) {
      cell = cellNow;
      long first = firstOf(cell);
      chosen = first + Long.remainderUnsigned(mix(seed + cell), firstOf(cell + 1) - first);
    }
    return request == chosen ? Arm.CANARY : Arm.STABLE;
  }

  /** The smallest request number that lies in the cell. */
  private long firstOf(long cell) {
    return Math.ceilDiv(cell * RouteSpec.WHOLE_BP, (long) shareBp);
  }

  /** The finaliser of SplitMix64 (Steele, Lea, Flood, OOPSLA 2014). */
  private static long mix(long value) {
    long z = value + 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}

package dev.slipway.app.haproxy;

import dev.slipway.policy.Share;
import dev.slipway.target.TargetFault;

/**
 * The weight of every stable and every canary server, 0 to 256, that give the canary its share.
 *
 * @param stable weight of each stable server
 * @param canary weight of each canary server
 */
record Weights(int stable, int canary) {
  private static final int MAX = 256;
  private static final int WHOLE_BP = 10_000;

  /** How far the share may be from the one asked for, as a part of it: one in twenty. */
  private static final int ERROR_PART = 20;

  /**
   * The smallest weights that are nearest to the share.
   *
   * @throws TargetFault if weights up to 256 cannot come within a twentieth of it
   */
  static Weights of(Share share, int stableServers, int canaryServers) {
    int bp = share.basisPoints();
    if (bp == 0 || canaryServers == 0) {
      return new Weights(1, 0);
    }
    if (bp == WHOLE_BP || stableServers == 0) {
      return new Weights(0, 1);
    }
    Weights best = new Weights(1, 1);
    for (int canary = 1; canary <= MAX; canary++) {
      double exact =
          (double) canary * canaryServers * (WHOLE_BP - bp) / ((double) bp * stableServers);
      Weights next = new Weights(Math.clamp(Math.round(exact), 1, MAX), canary);
      if (next.errorBp(bp, stableServers, canaryServers)
          < best.errorBp(bp, stableServers, canaryServers)) {
        best = next;
      }
    }
    if (best.errorBp(bp, stableServers, canaryServers) * ERROR_PART > bp) {
      throw new TargetFault(
          "HAProxy's weights cannot give "
              + share
              + " to "
              + canaryServers
              + " of "
              + (stableServers + canaryServers)
              + " servers");
    }
    return best;
  }

  private double errorBp(int bp, int stableServers, int canaryServers) {
    double canaries = (double) canary * canaryServers;
    return Math.abs(canaries * WHOLE_BP / (canaries + (double) stable * stableServers) - bp);
  }
}

package dev.slipway.model;

/**
 * Tokens of one call as the provider counts them.
 *
 * @param input read afresh
 * @param cacheWritten read and kept in the provider's cache
 * @param cacheRead taken from the provider's cache
 * @param output written
 */
public record Tokens(long input, long cacheWritten, long cacheRead, long output) {
  public static final Tokens NONE = new Tokens(0, 0, 0, 0);

  public Tokens {
    if (input < 0 || cacheWritten < 0 || cacheRead < 0 || output < 0) {
      throw new IllegalArgumentException("tokens are not negative");
    }
  }

  /** All of them. */
  public long total() {
    return input + cacheWritten + cacheRead + output;
  }
}

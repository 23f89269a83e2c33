package dev.slipway.app.config;

/**
 * Something in a configuration that cannot be used.
 *
 * @param file the file, as it was named to the reader
 * @param line line number from 1; 0 where the value did not come from a line of the file
 * @param key the key as it is nested, such as {@code services.orders.build.limit}; empty for the
 *     file as a whole
 * @param message what was expected, and what is there
 */
public record ConfigError(String file, int line, String key, String message) {
  @Override
  public String toString() {
    String place = line > 0 ? file + ":" + line : file;
    return key.isEmpty() ? place + ": " + message : place + ": " + key + ": " + message;
  }
}

package dev.slipway.app.edge;

import java.util.regex.Pattern;

/**
 * A route is named by the environment and the service whose traffic it carries. Both become parts
 * of URLs and of file names, so their alphabet is narrow.
 *
 * @param environment lower-case letters, digits, {@code -}, {@code _} and {@code .}; starts with a
 *     letter or digit; at most 63 characters
 * @param service the same form
 */
public record RouteName(String environment, String service) implements Comparable<RouteName> {
  private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9._-]{0,62}");

  public RouteName {
    check("environment", environment);
    check("service", service);
  }

  private static void check(String part, String text) {
    if (!FORM.matcher(text).matches()) {
      throw new IllegalArgumentException(
          part + " must be 1 to 63 of a-z, 0-9, '.', '_', '-' and start with a letter or digit");
    }
  }

  @Override
  public int compareTo(RouteName other) {
    int byEnvironment = environment.compareTo(other.environment);
    return byEnvironment != 0 ? byEnvironment : service.compareTo(other.service);
  }

  @Override
  public String toString() {
    return environment + "/" + service;
  }
}

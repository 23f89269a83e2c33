package dev.slipway.change;

/**
 * Where something runs: {@code staging}, {@code production}, or one wave of production such as
 * {@code production-eu}.
 */
public record Environment(String name) implements Comparable<Environment> {
  public static final Environment STAGING = new Environment("staging");
  public static final Environment PRODUCTION = new Environment("production");

  public Environment {
    if (!name.matches("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")) {
      throw new IllegalArgumentException(
          "an environment is named by at most 63 lower-case letters, digits and hyphens, not: "
              + Printable.of(name));
    }
  }

  @Override
  public int compareTo(Environment other) {
    return name.compareTo(other.name);
  }

  @Override
  public String toString() {
    return name;
  }
}

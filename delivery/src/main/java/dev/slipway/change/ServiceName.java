package dev.slipway.change;

/** A service of a repository: lower-case letters, digits and hyphens, at most 63 (a DNS label). */
public record ServiceName(String value) implements Comparable<ServiceName> {
  public ServiceName {
    if (!value.matches("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")) {
      throw new IllegalArgumentException(
          "a service is named by at most 63 lower-case letters, digits and hyphens, not: "
              + Printable.of(value));
    }
  }

  @Override
  public int compareTo(ServiceName other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}

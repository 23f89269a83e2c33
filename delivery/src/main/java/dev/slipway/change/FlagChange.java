package dev.slipway.change;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * Somebody switched a feature flag while versions were serving, so that what traffic shows at that
 * time may be the flag's doing.
 *
 * @param id names this very change of the flag; told again under the same id, it is the same one
 * @param flag the flag's name
 * @param services the services that it reaches; empty means all
 * @param environments where; empty means everywhere
 * @param at when it was switched, to the millisecond
 */
public record FlagChange(
    String id,
    String flag,
    List<ServiceName> services,
    List<Environment> environments,
    Person by,
    Instant at) {
  private static final int FLAG_CHARS_MAX = 200;
  private static final int SERVICES_MAX = 200;
  private static final int ENVIRONMENTS_MAX = 50;

  public FlagChange {
    if (!id.matches("[A-Za-z0-9][A-Za-z0-9._:-]{0,99}")) {
      throw new IllegalArgumentException(
          "id is 1 to 100 letters, digits and . _ : -, not: " + Printable.of(id));
    }
    if (flag.isBlank() || flag.length() > FLAG_CHARS_MAX || !flag.equals(Printable.of(flag))) {
      throw new IllegalArgumentException(
          "flag is 1 to %d printable characters, not: %s"
              .formatted(FLAG_CHARS_MAX, Printable.of(flag)));
    }
    services = bounded("services", services, SERVICES_MAX);
    environments = bounded("environments", environments, ENVIRONMENTS_MAX);
    at = at.truncatedTo(ChronoUnit.MILLIS);
  }

  private static <T> List<T> bounded(String name, List<T> values, int most) {
    if (values.size() > most) {
      throw new IllegalArgumentException(
          "%s names at most %d, not %d; leave it out for all".formatted(name, most, values.size()));
    }
    return List.copyOf(values);
  }

  /** Whether it reaches what the slot serves. */
  public boolean concerns(Slot slot) {
    return (services.isEmpty() || services.contains(slot.service()))
        && (environments.isEmpty() || environments.contains(slot.environment()));
  }

  /** The flag, when and by whom, as people read it. */
  @Override
  public String toString() {
    return "flag " + flag + " changed at " + at + " by " + by;
  }
}

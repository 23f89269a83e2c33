package dev.slipway.app.edge;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The command line of {@link EdgeMain}: {@code --state DIR}, and optionally {@code --admin-port N},
 * {@code --metrics-port N} (0, the default, means a free port), {@code --bind ADDRESS}, {@code
 * --concurrent-max N}, {@code --connections-max N}, {@code --body-bytes-max N}, {@code
 * --header-bytes-max N}, {@code --upstream-timeout-ms N}, {@code --connect-timeout-ms N}, {@code
 * --drain-ms N}, {@code --check-interval-ms N}, {@code --check-timeout-ms N}, {@code --check-fall
 * N}, {@code --check-rise N}.
 *
 * @param state the state directory
 * @param ports ports on the loopback address
 * @param options the bounds
 */
record EdgeArguments(Path state, AdminServer.Ports ports, EdgeOptions options) {
  private static final List<String> NAMES =
      List.of(
          "--state",
          "--admin-port",
          "--metrics-port",
          "--bind",
          "--concurrent-max",
          "--connections-max",
          "--body-bytes-max",
          "--header-bytes-max",
          "--upstream-timeout-ms",
          "--connect-timeout-ms",
          "--drain-ms",
          "--check-interval-ms",
          "--check-timeout-ms",
          "--check-fall",
          "--check-rise");
  private static final int PORT_MAX = 65_535;
  private static final int DAY_MS = 86_400_000;

  /** A command line that cannot be understood, and why. */
  static final class Wrong extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    Wrong(String message) {
      super(message);
    }
  }

  static EdgeArguments parse(String... args) {
    Given given = new Given(pairs(args));
    Path state =
        given.text("--state").map(Path::of).orElseThrow(() -> new Wrong("--state DIR is missing"));
    AdminServer.Ports ports =
        new AdminServer.Ports(
            given.number("--admin-port", 0, 0, PORT_MAX),
            given.number("--metrics-port", 0, 0, PORT_MAX));
    return new EdgeArguments(state, ports, options(given, EdgeOptions.defaults()));
  }

  private static Map<String, String> pairs(String[] args) {
    Map<String, String> pairs = new HashMap<>();
    for (int i = 0; i < args.length; i += 2) {
      if (!NAMES.contains(args[i])) {
        throw new Wrong("unknown option '" + args[i] + "'; known: " + String.join(" ", NAMES));
      }
      if (i + 1 == args.length) {
        throw new Wrong(args[i] + " needs a value");
      }
      if (pairs.put(args[i], args[i + 1]) != null) {
        throw new Wrong(args[i] + " is given twice");
      }
    }
    return pairs;
  }

  private static EdgeOptions options(Given given, EdgeOptions other) {
    EdgeOptions.Checks checks = other.checks();
    return new EdgeOptions(
        given.text("--bind").orElse(other.bind()),
        given.number("--concurrent-max", other.concurrentMax(), 1, 1_000_000),
        given.number("--connections-max", other.connectionsMax(), 1, 1_000_000),
        given.number("--body-bytes-max", other.bodyBytesMax(), 0L, 1L << 40),
        given.number("--header-bytes-max", other.headerBytesMax(), 256, 1 << 20),
        given.millis("--upstream-timeout-ms", other.upstreamTimeout()),
        given.millis("--connect-timeout-ms", other.connectTimeout()),
        given.millis("--drain-ms", other.drain()),
        new EdgeOptions.Checks(
            given.millis("--check-interval-ms", checks.interval()),
            given.millis("--check-timeout-ms", checks.timeout()),
            given.number("--check-fall", checks.fall(), 1, 1_000),
            given.number("--check-rise", checks.rise(), 1, 1_000)));
  }

  /** The command line that says the same as these options. */
  static List<String> of(EdgeOptions options) {
    return List.of(
        "--bind", options.bind(),
        "--concurrent-max", String.valueOf(options.concurrentMax()),
        "--connections-max", String.valueOf(options.connectionsMax()),
        "--body-bytes-max", String.valueOf(options.bodyBytesMax()),
        "--header-bytes-max", String.valueOf(options.headerBytesMax()),
        "--upstream-timeout-ms", String.valueOf(options.upstreamTimeout().toMillis()),
        "--connect-timeout-ms", String.valueOf(options.connectTimeout().toMillis()),
        "--drain-ms", String.valueOf(options.drain().toMillis()),
        "--check-interval-ms", String.valueOf(options.checks().interval().toMillis()),
        "--check-timeout-ms", String.valueOf(options.checks().timeout().toMillis()),
        "--check-fall", String.valueOf(options.checks().fall()),
        "--check-rise", String.valueOf(options.checks().rise()));
  }

  private record Given(Map<String, String> pairs) {
    Optional<String> text(String name) {
      return Optional.ofNullable(pairs.get(name));
    }

    int number(String name, int other, int min, int max) {
      return (int) number(name, (long) other, min, max);
    }

    long number(String name, long other, long min, long max) {
      Optional<String> text = text(name);
      if (text.isEmpty()) {
        return other;
      }
      try {
        long value = Long.parseLong(text.get());
        if (value >= min && value <= max) {
          return value;
        }
      } catch (NumberFormatException e) {
        // Said below, with the range.
      }
      throw new Wrong(name + " must be a number in " + min + ".." + max);
    }

    Duration millis(String name, Duration other) {
      return Duration.ofMillis(number(name, (int) other.toMillis(), 1, DAY_MS));
    }
  }
}

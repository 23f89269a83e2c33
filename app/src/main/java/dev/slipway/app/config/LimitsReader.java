package dev.slipway.app.config;

import dev.slipway.policy.Thresholds;
import dev.slipway.policy.Thresholds.ModelUse;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;

/** Reads limits: those of the project, and those of a service, which may only be stricter. */
final class LimitsReader {
  private LimitsReader() {}

  /** The product's defaults, with what the section says in their place. */
  static Thresholds project(Optional<View> section) {
    return section.map(view -> limits(view, Thresholds.DEFAULT)).orElse(Thresholds.DEFAULT);
  }

  /** What the section says; where it is silent, nothing binds. */
  static Thresholds ceilings(Optional<View> section) {
    return section.map(view -> limits(view, Thresholds.LOOSEST)).orElse(Thresholds.LOOSEST);
  }

  private static Thresholds limits(View view, Thresholds standard) {
    return new Thresholds(
        view.number("risk_max")
            .filter(n -> n >= 1 && n <= 10)
            .map(Long::intValue)
            .orElse(standard.riskMax()),
        share(view, "coverage_min").orElse(standard.coverageMin()),
        share(view, "error_rate_max").orElse(standard.errorRateMax()),
        latency(view).orElse(standard.latencyP99Max()),
        tolerance(view).orElse(standard.regressionTolerance()),
        view.number("flaky_tests_max")
            .filter(n -> n >= 0 && n <= 1_000_000)
            .map(Long::intValue)
            .orElse(standard.flakyTestsMax()),
        view.text("model").filter("required"::equals).isPresent()
            ? ModelUse.REQUIRED
            : standard.model());
  }

  /** The project's limits, tightened; a service that loosens one is told so. */
  static Thresholds service(View view, Thresholds project) {
    double errorRate = share(view, "error_rate_max").orElse(project.errorRateMax());
    Duration latency = latency(view).orElse(project.latencyP99Max());
    double tolerance = tolerance(view).orElse(project.regressionTolerance());
    if (errorRate > project.errorRateMax()) {
      looser(view, "error_rate_max", percent(project.errorRateMax()));
    }
    if (latency.compareTo(project.latencyP99Max()) > 0) {
      looser(view, "latency_p99_max", Units.format(project.latencyP99Max()));
    }
    if (tolerance > project.regressionTolerance()) {
      looser(view, "regression_tolerance", percent(project.regressionTolerance()));
    }
    return project.tightenedBy(
        new Thresholds(
            project.riskMax(),
            project.coverageMin(),
            errorRate,
            latency,
            tolerance,
            project.flakyTestsMax(),
            project.model()));
  }

  private static void looser(View view, String name, String projects) {
    view.error(
        name,
        "is looser than the project's "
            + projects
            + "; expected a stricter limit, or policy."
            + name);
  }

  private static Optional<Double> share(View view, String name) {
    return view.ratio(name).filter(ratio -> ratio <= 1);
  }

  private static Optional<Double> tolerance(View view) {
    return view.ratio("regression_tolerance").filter(ratio -> ratio <= 10);
  }

  private static Optional<Duration> latency(View view) {
    return view.duration("latency_p99_max").filter(Duration::isPositive);
  }

  private static String percent(double ratio) {
    return BigDecimal.valueOf(ratio).movePointRight(2).stripTrailingZeros().toPlainString() + "%";
  }
}

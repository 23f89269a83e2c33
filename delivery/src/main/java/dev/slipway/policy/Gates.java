package dev.slipway.policy;

/** What the gates share: how a measurement is looked up. */
final class Gates {
  private Gates() {}

  /** The named measurement; one that the report does not mention is no data. */
  static Measurement measured(Report report, String name) {
    return report.measurements().stream()
        .filter(measurement -> measurement.name().equals(name))
        .findFirst()
        .orElseGet(() -> new Measurement.NoData(name, "the report does not mention it"));
  }
}

package dev.slipway.policy.judge;

import java.util.Arrays;
import java.util.List;

/** One arm over one step of a recording: its instances' rows taken together. */
final class ArmTick {
  static final ArmTick NONE = new ArmTick(List.of(), 0);

  private final List<Row> rows;
  private final boolean telling;
  private final double requests;
  private final Counts failures;
  private final double rate;
  private final double[] latencies;

  ArmTick(List<Row> rows, int quantiles) {
    double servedByAll = 0;
    double served = 0;
    double failed = 0;
    double rates = 0;
    int rated = 0;
    boolean told = false;
    for (Row row : rows) {
      told |= row.telling();
      double requestsOfRow = Double.isNaN(row.requests()) ? 0 : row.requests();
      double failedOfRow =
          Double.isNaN(row.errors()) ? requestsOfRow * row.errorRate() : row.errors();
      servedByAll += requestsOfRow;
      if (requestsOfRow > 0 && !Double.isNaN(failedOfRow)) {
        served += requestsOfRow;
        failed += failedOfRow;
      } else if (Double.isNaN(row.requests()) && !Double.isNaN(row.errorRate())) {
        rates += row.errorRate();
        rated++;
      }
    }
    this.rows = rows;
    this.telling = told;
    this.requests = servedByAll;
    this.failures =
        new Counts(Math.min(Math.round(failed), Math.round(served)), Math.round(served));
    this.rate = rated == 0 ? Double.NaN : rates / rated;
    this.latencies = new double[quantiles];
    for (int q = 0; q < quantiles; q++) {
      latencies[q] = medianLatency(rows, q);
    }
  }

  /** The median over the rows, each weighing as much as it had requests. */
  private static double medianLatency(List<Row> rows, int q) {
    WeightedMedian median = new WeightedMedian(rows.size());
    for (Row row : rows) {
      if (usable(row, q)) {
        median.add(row.latencies().get(q), weight(row));
      }
    }
    return median.get();
  }

  private static boolean usable(Row row, int q) {
    return row.latencies().get(q) > 0 && row.requests() != 0;
  }

  private static double weight(Row row) {
    return Double.isNaN(row.requests()) ? 1 : row.requests();
  }

  boolean present() {
    return !rows.isEmpty();
  }

  /** Whether anything was seen of the arm. */
  boolean telling() {
    return telling;
  }

  double requests() {
    return requests;
  }

  /** Failed requests of those requests of which both are known. */
  Counts failures() {
    return failures;
  }

  /** The mean error rate of the rows that have no number of requests; NaN without any. */
  double rate() {
    return rate;
  }

  /** A latency quantile in milliseconds; NaN without data. */
  double latency(int q) {
    return latencies.length == 0 ? Double.NaN : latencies[q];
  }

  /** How many of the rows that have a latency lie above this, each taken by itself. */
  Counts slower(int q, double millis) {
    int slower = 0;
    int all = 0;
    for (Row row : rows) {
      if (usable(row, q)) {
        slower += row.latencies().get(q) > millis ? 1 : 0;
        all++;
      }
    }
    return new Counts(slower, all);
  }

  @Override
  public String toString() {
    return failures + " rate " + rate + " " + Arrays.toString(latencies);
  }
}

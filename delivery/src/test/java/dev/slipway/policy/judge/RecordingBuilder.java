package dev.slipway.policy.judge;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import java.util.function.UnaryOperator;

/** A seeded recording: a row per arm and step, with noise, that tests then spoil. */
final class RecordingBuilder {
  static final Instant START = Instant.parse("2026-01-05T10:00:00Z");

  private final SplittableRandom random;
  private final int steps;
  private final int stepSeconds;
  private final List<Row> rows = new ArrayList<>();
  private double noise = 0.08;

  RecordingBuilder(long seed, int steps, int stepSeconds) {
    this.random = new SplittableRandom(seed);
    this.steps = steps;
    this.stepSeconds = stepSeconds;
  }

  /** Ten minutes in steps of ten seconds. */
  static RecordingBuilder tenMinutes(long seed) {
    return new RecordingBuilder(seed, 60, 10);
  }

  RecordingBuilder noise(double value) {
    noise = value;
    return this;
  }

  RecordingBuilder arm(Arm arm, double requests, double errorRate, double p99) {
    return arm(arm, requests, i -> errorRate, i -> p99);
  }

  /** Functions of the step's number. */
  RecordingBuilder arm(
      Arm arm, double requests, IntToDoubleFunction errorRate, IntToDoubleFunction p99) {
    for (int i = 0; i < steps; i++) {
      int n = (int) Math.max(0, Math.round(requests + Math.sqrt(requests) * random.nextGaussian()));
      int errors = 0;
      for (int k = 0; k < n; k++) {
        errors += random.nextDouble() < errorRate.applyAsDouble(i) ? 1 : 0;
      }
      double latency = p99.applyAsDouble(i) * Math.exp(noise * random.nextGaussian());
      rows.add(
          new Row(
              START.plusSeconds((long) i * stepSeconds),
              arm,
              "",
              n,
              errors,
              Double.NaN,
              List.of(Math.round(latency * 100) / 100.0)));
    }
    return this;
  }

  RecordingBuilder each(Arm arm, UnaryOperator<Row> change) {
    rows.replaceAll(row -> row.arm() == arm ? change.apply(row) : row);
    return this;
  }

  RecordingBuilder shuffled(long seed) {
    Collections.shuffle(rows, new Random(seed));
    return this;
  }

  RecordingBuilder add(List<Row> more) {
    rows.addAll(more);
    return this;
  }

  Recording build() {
    return new Recording(List.of(0.99), rows);
  }

  static int step(Row row, int stepSeconds) {
    return (int) ((row.time().getEpochSecond() - START.getEpochSecond()) / stepSeconds);
  }

  static Row with(Row row, Instant time) {
    return new Row(
        time,
        row.arm(),
        row.instance(),
        row.requests(),
        row.errors(),
        row.errorRate(),
        row.latencies());
  }

  static Row with(Row row, double p99) {
    return new Row(
        row.time(),
        row.arm(),
        row.instance(),
        row.requests(),
        row.errors(),
        row.errorRate(),
        List.of(p99));
  }

  static Row with(Row row, double requests, double errors) {
    return new Row(
        row.time(), row.arm(), row.instance(), requests, errors, row.errorRate(), row.latencies());
  }

  static Row withRateOnly(Row row) {
    return new Row(
        row.time(),
        row.arm(),
        row.instance(),
        Double.NaN,
        Double.NaN,
        row.requests() == 0 ? Double.NaN : row.errors() / row.requests(),
        row.latencies());
  }

  static Row withInstance(Row row, String instance) {
    return new Row(
        row.time(),
        row.arm(),
        instance,
        row.requests(),
        row.errors(),
        row.errorRate(),
        row.latencies());
  }
}

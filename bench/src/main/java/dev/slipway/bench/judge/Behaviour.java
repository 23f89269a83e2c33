package dev.slipway.bench.judge;

import java.util.function.DoubleUnaryOperator;

/**
 * How one arm behaves, as functions of the minutes since the canary began.
 *
 * @param perSecond requests per second
 * @param errorRate share of failing requests
 * @param median median latency in milliseconds
 * @param tail standard deviation of the logarithm of latency
 * @param bursts how errors come
 * @param wander standard deviation of a slow random walk of the logarithm of latency, which this
 *     arm has for itself
 */
record Behaviour(
    DoubleUnaryOperator perSecond,
    DoubleUnaryOperator errorRate,
    DoubleUnaryOperator median,
    double tail,
    Bursts bursts,
    double wander) {

  /**
   * @param chance probability that a sampling interval has a burst
   * @param share share of its requests that fail then
   */
  record Bursts(double chance, double share) {
    static final Bursts NONE = new Bursts(0, 0);
  }

  static Behaviour of(double perSecond, double errorRate, double median) {
    return new Behaviour(t -> perSecond, t -> errorRate, t -> median, 0.5, Bursts.NONE, 0.02);
  }

  Behaviour serving(DoubleUnaryOperator value) {
    return new Behaviour(value, errorRate, median, tail, bursts, wander);
  }

  Behaviour failing(DoubleUnaryOperator value) {
    return new Behaviour(perSecond, value, median, tail, bursts, wander);
  }

  Behaviour failing(double value) {
    return failing(t -> value);
  }

  Behaviour taking(DoubleUnaryOperator value) {
    return new Behaviour(perSecond, errorRate, value, tail, bursts, wander);
  }

  Behaviour slowedBy(double factor) {
    return taking(t -> factor * median.applyAsDouble(t));
  }

  Behaviour scattered(double value) {
    return new Behaviour(perSecond, errorRate, median, value, bursts, wander);
  }

  Behaviour bursting(double chance, double share) {
    return new Behaviour(perSecond, errorRate, median, tail, new Bursts(chance, share), wander);
  }

  Behaviour wandering(double value) {
    return new Behaviour(perSecond, errorRate, median, tail, bursts, value);
  }
}

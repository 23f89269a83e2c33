package dev.slipway.app.edge;

import java.time.Instant;

/**
 * One second of one arm under one epoch. Seconds in which no request ended have no slice.
 *
 * @param time start of the second
 * @param arm the arm
 * @param epoch the epoch that had assigned the requests
 * @param requests requests that ended in this second
 * @param errors those that were errors
 * @param p50Ms median latency, the upper bound of its bucket, in milliseconds
 * @param p99Ms 99th percentile of latency, likewise
 * @param histogram all latencies
 */
public record Slice(
    Instant time,
    Arm arm,
    Epoch epoch,
    long requests,
    long errors,
    double p50Ms,
    double p99Ms,
    Histogram histogram) {}

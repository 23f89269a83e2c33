package dev.slipway.policy.judge;

import java.time.Instant;

/** Counts of both arms over one interval. */
record Traffic(Instant from, Instant to, Counts canary, Counts baseline) {}

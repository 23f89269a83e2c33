package dev.slipway.policy.judge;

import java.util.function.Consumer;

/** A metric of a recording, and how it takes in a step of it. */
record Fed(Metric metric, Consumer<Tick> feed) {}

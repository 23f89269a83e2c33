package dev.slipway.app.engine;

import dev.slipway.pipeline.ChangeState;

/** Where a change stands after so many events. */
record Standing(long sequenceNumber, ChangeState state) {}

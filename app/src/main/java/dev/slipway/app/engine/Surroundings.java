package dev.slipway.app.engine;

import dev.slipway.pipeline.Planner;
import java.time.InstantSource;

/** What every entity works with. */
record Surroundings(
    Planner planner,
    Crew crew,
    Addresses addresses,
    ReadModel readModel,
    Watchers watchers,
    LeaseBoard leaseBoard,
    EngineSettings settings,
    InstantSource clock) {}

package dev.slipway.app.edge;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;

/**
 * Where a running edge can be reached; its file {@code edge.json}.
 *
 * @param pid its process
 * @param adminPort port of the admin API on the loopback address
 * @param metricsPort port of {@code GET /metrics} on the loopback address
 * @param startedAt when it was ready
 */
public record EdgeAddress(
    @JsonProperty(required = true) long pid,
    @JsonProperty(required = true) int adminPort,
    @JsonProperty(required = true) int metricsPort,
    @JsonProperty(required = true) Instant startedAt) {}

/**
 * Breaks of what others build on: OpenAPI, protobuf, GraphQL and the public Java types of
 * libraries. Entry point: {@link dev.slipway.app.detectors.api.ApiDetector}.
 */
@NullMarked
package dev.slipway.app.detectors.api;

import org.jspecify.annotations.NullMarked;

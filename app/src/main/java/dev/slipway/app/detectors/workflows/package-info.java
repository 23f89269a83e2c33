/**
 * What a change does to the way software is built: workflows, images, install scripts, locks,
 * registries. Entry point: {@link dev.slipway.app.detectors.workflows.SupplyChainDetector}.
 */
@NullMarked
package dev.slipway.app.detectors.workflows;

import org.jspecify.annotations.NullMarked;

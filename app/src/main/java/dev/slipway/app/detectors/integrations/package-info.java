/**
 * What a change connects the software to that it did not use before: hosts, service clients,
 * dependencies, environment variables, deployed resources. Entry point: {@link
 * dev.slipway.app.detectors.integrations.IntegrationDetector}.
 */
@NullMarked
package dev.slipway.app.detectors.integrations;

import org.jspecify.annotations.NullMarked;

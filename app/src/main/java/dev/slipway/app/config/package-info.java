/**
 * Reads what people write: {@link dev.slipway.app.config.ProjectFile} a repository's {@code
 * .slipway.yml}, {@link dev.slipway.app.config.ServerConfigFile} the server's configuration. Both
 * are checked against a published JSON Schema, and every error names file, line and key.
 */
@NullMarked
package dev.slipway.app.config;

import org.jspecify.annotations.NullMarked;

/** Artifacts and evidence in a directory, by content digest: {@link FileArtifactStore}. */
@NullMarked
package dev.slipway.app.artifacts;

import org.jspecify.annotations.NullMarked;

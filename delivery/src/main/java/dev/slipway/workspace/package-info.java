/**
 * Where the code is looked at, built and tested: {@link Workspace} makes candidates and checkouts,
 * {@link Workspace.Checkout} runs commands in the sandbox, {@link ArtifactStore} keeps what was
 * built by its digest.
 */
@NullMarked
package dev.slipway.workspace;

import org.jspecify.annotations.NullMarked;

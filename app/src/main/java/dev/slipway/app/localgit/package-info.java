/**
 * Repositories on this machine: {@link LocalGit} is the workspace and the branches of a local git
 * repository, {@link UnifiedDiff} reads patch files. Never runs the git program, nor any hook,
 * filter or driver that a repository names.
 */
@NullMarked
package dev.slipway.app.localgit;

import org.jspecify.annotations.NullMarked;

/**
 * Writes a first {@code .slipway.yml}: {@link dev.slipway.app.init.Init} looks at a repository and
 * proposes one. What it saw is in the file; what it could not see is in a commented line that says
 * what to fill in, and in the notes.
 */
@NullMarked
package dev.slipway.app.init;

import org.jspecify.annotations.NullMarked;

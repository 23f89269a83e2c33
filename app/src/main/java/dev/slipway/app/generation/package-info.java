/**
 * Generated tests as files: {@link Profiles} are the languages they can be written in, {@link
 * BotCommit} is how those that hold become a commit, {@link PatchText} how they are shown.
 */
@NullMarked
package dev.slipway.app.generation;

import org.jspecify.annotations.NullMarked;

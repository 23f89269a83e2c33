/**
 * The language model as a port: {@link LanguageModel} turns a {@link Question} into a typed {@link
 * Reply} within an {@link Allowance}. {@link Conversation} is how an agent talks to it: within the
 * budget of one change, with one repair of an invalid reply, and with every exchange kept.
 */
@NullMarked
package dev.slipway.model;

import org.jspecify.annotations.NullMarked;

/**
 * Claude through Anthropic's Java SDK: {@link AnthropicModel} is the {@link
 * dev.slipway.model.LanguageModel} of production.
 */
@NullMarked
package dev.slipway.app.anthropic;

import org.jspecify.annotations.NullMarked;

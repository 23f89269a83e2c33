/**
 * Your own scripts as deploy target and metric source: the way in for every platform that has no
 * adapter. They get JSON on standard input and answer with JSON on standard output. Entry points:
 * {@link dev.slipway.app.commands.CommandTarget}, {@link dev.slipway.app.commands.CommandMetrics}.
 */
@NullMarked
package dev.slipway.app.commands;

import org.jspecify.annotations.NullMarked;

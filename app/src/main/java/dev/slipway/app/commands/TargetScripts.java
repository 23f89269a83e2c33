package dev.slipway.app.commands;

/**
 * The scripts of a deploy target. {@code docs/operating/command-target.md} says what each gets and
 * answers.
 *
 * @param status says what a slot serves; asked before and after every move
 */
public record TargetScripts(
    Script install, Script shift, Script promote, Script rollBack, Script status) {}

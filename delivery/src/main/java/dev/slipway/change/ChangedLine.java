package dev.slipway.change;

/**
 * A line that a change adds or deletes: path, line number from 1 on its own side, text without
 * terminator.
 */
public record ChangedLine(String path, int line, String text) {}

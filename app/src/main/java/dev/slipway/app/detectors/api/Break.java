package dev.slipway.app.detectors.api;

/**
 * One thing that no longer works for those who use an interface.
 *
 * @param rule the end of the rule's name
 * @param line in the candidate; 0 for what is gone
 */
record Break(String rule, String path, int line, String what) {}

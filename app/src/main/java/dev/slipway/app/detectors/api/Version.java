package dev.slipway.app.detectors.api;

/** A file that describes an interface, at one side of a change; empty text where it is not. */
record Version(String path, String text) {}

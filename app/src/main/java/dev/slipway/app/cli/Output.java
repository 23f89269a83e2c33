package dev.slipway.app.cli;

import picocli.CommandLine.Option;

/** How results are printed. */
final class Output {
  @Option(names = "--json", description = "print JSON on standard output, and nothing else there")
  boolean json;
}

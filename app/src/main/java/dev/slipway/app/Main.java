package dev.slipway.app;

import dev.slipway.app.cli.Slipway;

/** The program. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    System.exit(Slipway.run(args));
  }
}

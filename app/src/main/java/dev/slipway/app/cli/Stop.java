package dev.slipway.app.cli;

/** A command ends here: why, for people, and the exit code. */
final class Stop extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final int exitCode;

  Stop(int exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  int exitCode() {
    return exitCode;
  }
}

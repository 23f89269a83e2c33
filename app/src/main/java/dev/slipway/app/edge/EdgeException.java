package dev.slipway.app.edge;

/** An edge cannot be reached, started or stopped, or answered what it should not. */
public final class EdgeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  EdgeException(String message) {
    super(message);
  }

  EdgeException(String message, Throwable cause) {
    super(message, cause);
  }
}

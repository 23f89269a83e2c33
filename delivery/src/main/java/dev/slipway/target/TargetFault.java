package dev.slipway.target;

/** A target could not do what it was told: the cause may pass, so the move may be tried again. */
public class TargetFault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public TargetFault(String message) {
    super(message);
  }

  public TargetFault(String message, Throwable cause) {
    super(message, cause);
  }

  /**
   * The epoch is older than one already obeyed: somebody else moves this slot now. Never retried.
   */
  public static final class StaleEpoch extends TargetFault {
    private static final long serialVersionUID = 1L;

    public StaleEpoch(Epoch given, Epoch obeyed) {
      super("epoch " + given + " is older than " + obeyed + ", which this slot already obeyed");
    }
  }

  /** The version did not become healthy: a fact about the version, not retried. */
  public static final class Unhealthy extends TargetFault {
    private static final long serialVersionUID = 1L;

    public Unhealthy(String message) {
      super(message);
    }
  }
}

package dev.slipway.app.edge;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How a request that was assigned to an arm ended. Every such request ends in exactly one way. */
public enum Result {
  /** The instance answered, with any status below 500. */
  ANSWERED(Blame.NOBODY),
  /** The client went away before it had the whole answer. */
  CLIENT_GONE(Blame.NOBODY),
  /** The client broke a limit while sending: body too large, or no byte for too long. */
  CLIENT_FAULT(Blame.NOBODY),
  /** The instance answered with a status of 500 or above. */
  STATUS_5XX(Blame.ARM),
  /** Instances of the arm were tried and none accepted a connection. */
  CONNECT_FAILURE(Blame.ARM),
  /** The instance sent nothing for longer than the upstream timeout. */
  TIMEOUT(Blame.ARM),
  /** The instance broke off before its answer was complete, or what it sent is not HTTP. */
  BROKEN(Blame.ARM),
  /** No instance of the arm was healthy and no other arm could serve. */
  NO_INSTANCE(Blame.ARM),
  /** The canary could not take the request and a stable instance served it instead. */
  DIVERTED(Blame.ARM);

  private enum Blame {
    NOBODY,
    ARM
  }

  private final Blame blame;

  Result(Blame blame) {
    this.blame = blame;
  }

  /** Whether this counts as an error of the arm the request was assigned to. */
  public boolean isError() {
    return blame == Blame.ARM;
  }

  /** The name used in JSON. */
  @JsonValue
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The result of that label.
   *
   * @throws IllegalArgumentException if there is none
   */
  @JsonCreator
  public static Result of(String label) {
    return valueOf(label.toUpperCase(Locale.ROOT));
  }
}

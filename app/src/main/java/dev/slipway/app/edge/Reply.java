package dev.slipway.app.edge;

import java.util.Map;

/** An answer of the admin API. */
sealed interface Reply {
  /** HTTP status. */
  int code();

  /** What is written as JSON. */
  Object body();

  /** What was asked for. */
  record Found(Object body) implements Reply {
    @Override
    public int code() {
      return 200;
    }
  }

  /**
   * Something is wrong with the question.
   *
   * @param code HTTP status
   * @param error a word for programs
   * @param message a sentence for people
   */
  record Fault(int code, String error, String message) implements Reply {
    @Override
    public Object body() {
      return Map.of("error", error, "message", message);
    }
  }

  /** The question is malformed, and where. */
  record Malformed(String place, String message) implements Reply {
    @Override
    public int code() {
      return 400;
    }

    @Override
    public Object body() {
      return Map.of("error", "malformed", "place", place, "message", message);
    }
  }

  /** The wish is understood and not obeyed. */
  record Refused(Refusal refusal) implements Reply {
    @Override
    public int code() {
      return 409;
    }

    @Override
    public Object body() {
      return refusal;
    }
  }
}

package dev.slipway.project;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Smoke tests: HTTP checks written inline, and at most one command given {@code ${BASE_URL}}. */
public record Smoke(List<HttpCheck> http, Optional<Command> command) {
  public static final Smoke NONE = new Smoke(List.of(), Optional.empty());

  public Smoke {
    http = List.copyOf(http);
  }

  /**
   * One request and what must hold of its answer.
   *
   * @param method in upper case
   * @param path begins with a slash and may carry a query
   * @param headers sent with the request
   * @param status the answer's status, exactly
   * @param expectHeaders by header name: text that the answer's value contains, in any letter case
   * @param json expectations by JSON path, such as {@code $.orders[0].id}
   * @param within the longest the answer may take
   */
  public record HttpCheck(
      String method,
      String path,
      Map<String, String> headers,
      Optional<String> body,
      int status,
      Map<String, String> expectHeaders,
      Map<String, Expectation> json,
      Duration within) {
    public HttpCheck {
      headers = Ordered.copyOf(headers);
      expectHeaders = Ordered.copyOf(expectHeaders);
      json = Ordered.copyOf(json);
    }
  }

  /** What must hold of a JSON value. */
  public sealed interface Expectation {
    /** There is a value at the path; {@code null} is one. */
    record Exists() implements Expectation {}

    /** The value, written as JSON, equals this JSON. */
    record Equals(String json) implements Expectation {}
  }
}

package dev.slipway.app.edge;

import java.util.Locale;

/**
 * Why the edge itself answered a request. The label stands in the header {@code X-Slipway-Edge}.
 */
enum Reason {
  BAD_REQUEST(400, Result.CLIENT_FAULT, "the request is not valid HTTP/1.1"),
  METHOD_REFUSED(405, Result.CLIENT_FAULT, "CONNECT and TRACE are not passed on"),
  CLIENT_TIMEOUT(408, Result.CLIENT_FAULT, "the request's body stopped arriving"),
  BODY_TOO_LARGE(413, Result.CLIENT_FAULT, "the request's body is larger than the edge allows"),
  URI_TOO_LONG(414, Result.CLIENT_FAULT, "the request line is longer than the edge allows"),
  HEADER_TOO_LARGE(431, Result.CLIENT_FAULT, "the request's header is larger than the edge allows"),
  CLIENT_GONE(499, Result.CLIENT_GONE, "the client went away"),
  CONNECT_FAILURE(502, Result.CONNECT_FAILURE, "no instance accepted a connection"),
  UPSTREAM_BROKE_OFF(502, Result.BROKEN, "the instance broke off before it had answered"),
  CONCURRENCY_LIMIT(503, Result.NO_INSTANCE, "the edge works on as many requests as it may"),
  EDGE_FULL(503, Result.NO_INSTANCE, "the edge has as many requests as its memory allows"),
  BUFFER_LIMIT(503, Result.CLIENT_FAULT, "the edge holds as many bytes for slow readers as it may"),
  NEEDS_HTTP_1_1(505, Result.CLIENT_FAULT, "an answer this long needs an HTTP/1.1 client"),
  CONNECTION_LIMIT(503, Result.NO_INSTANCE, "the edge has as many connections as it may"),
  NO_HEALTHY_INSTANCE(503, Result.NO_INSTANCE, "no healthy instance of the stable version"),
  UPSTREAM_TIMEOUT(504, Result.TIMEOUT, "the instance did not answer in time");

  /** The header that carries the label. */
  static final String HEADER = "x-slipway-edge";

  private final int code;
  private final Result result;
  private final String sentence;

  Reason(int code, Result result, String sentence) {
    this.code = code;
    this.result = result;
    this.sentence = sentence;
  }

  int code() {
    return code;
  }

  /** How a request counts that was assigned to an arm and ended so. */
  Result result() {
    return result;
  }

  String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  String body() {
    return "slipway edge: " + sentence + "\n";
  }
}

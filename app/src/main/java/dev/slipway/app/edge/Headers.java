package dev.slipway.app.edge;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.HostAndPort;
import io.vertx.httpproxy.ProxyRequest;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What a proxy has to do with header fields in passing (RFC 9110, sections 7.6 and 7.7). */
final class Headers {
  private static final Set<String> HOP_BY_HOP =
      Set.of("keep-alive", "proxy-connection", "te", "trailer", "transfer-encoding");
  private static final Set<String> SWITCH = Set.of("connection", "upgrade");

  /** Never removed at a peer's bidding: they frame the message or name its target. */
  private static final Set<String> PROTECTED =
      Set.of("content-length", "host", "connection", "upgrade", "transfer-encoding");

  private Headers() {}

  /** The announced length of the body; 0 if none is announced. The parser has checked its form. */
  static long contentLength(HttpServerRequest request) {
    String length = request.getHeader("content-length");
    return length == null ? 0 : Long.parseLong(length.strip());
  }

  static boolean hasBody(HttpServerRequest request) {
    return contentLength(request) > 0 || request.headers().contains("transfer-encoding");
  }

  /** Prepares the request for an instance: its own hop's fields go, the forwarding ones come. */
  static void towardsInstance(ProxyRequest request, HttpServerRequest inbound) {
    MultiMap headers = request.headers();
    dropNominated(headers);
    HOP_BY_HOP.stream().filter(n -> !n.equals("transfer-encoding")).forEach(headers::remove);
    headers.remove("expect");
    headers.remove(Reason.HEADER);
    HostAndPort authority = inbound.authority();
    if (authority != null) {
      request.setAuthority(authority);
    }
    forwarded(headers, inbound);
    request.setURI(originForm(inbound.uri()));
  }

  private static void forwarded(MultiMap headers, HttpServerRequest inbound) {
    String peer = inbound.remoteAddress().hostAddress();
    List<String> before = headers.getAll("x-forwarded-for");
    headers.set(
        "x-forwarded-for", before.isEmpty() ? peer : String.join(", ", before) + ", " + peer);
    if (!headers.contains("x-forwarded-proto")) {
      headers.set("x-forwarded-proto", inbound.isSSL() ? "https" : "http");
    }
    String host = inbound.getHeader("host");
    if (host != null && !headers.contains("x-forwarded-host")) {
      headers.set("x-forwarded-host", host);
    }
    String version = inbound.version() == HttpVersion.HTTP_1_0 ? "1.0" : "1.1";
    headers.add("via", version + " slipway-edge");
  }

  /** Instances expect {@code /path}; a client may have sent {@code http://host/path}. */
  private static String originForm(String uri) {
    if (!uri.regionMatches(true, 0, "http://", 0, 7)
        && !uri.regionMatches(true, 0, "https://", 0, 8)) {
      return uri;
    }
    int authority = uri.indexOf("//") + 2;
    for (int i = authority; i < uri.length(); i++) {
      if (uri.charAt(i) == '/') {
        return uri.substring(i);
      }
      if (uri.charAt(i) == '?') {
        return "/" + uri.substring(i);
      }
    }
    return "/";
  }

  /** Prepares an answer for the client. */
  static void towardsClient(MultiMap headers) {
    dropNominated(headers);
    HOP_BY_HOP.forEach(headers::remove);
    SWITCH.forEach(headers::remove);
    headers.remove(Reason.HEADER);
  }

  private static void dropNominated(MultiMap headers) {
    for (String value : headers.getAll("connection")) {
      for (String name : value.split(",")) {
        String lower = name.strip().toLowerCase(Locale.ROOT);
        if (!lower.isEmpty() && !PROTECTED.contains(lower)) {
          headers.remove(lower);
        }
      }
    }
  }
}

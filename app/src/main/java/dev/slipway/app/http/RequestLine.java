package dev.slipway.app.http;

import dev.slipway.app.json.Json;
import dev.slipway.change.Printable;
import dev.slipway.project.StagingPlan.Request;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;

/** What one line of a recording asks for. Nothing of it decides where that is sent. */
sealed interface RequestLine {
  /** It is replayed. */
  record Replayed(Request request) implements RequestLine {}

  /** A request of an access log that might change something, or none at all. */
  record LeftOut() implements RequestLine {}

  /** It is in neither form, or asks for something that no client could. */
  record Rejected(String why) implements RequestLine {}

  /** The line of an access log or a JSON document, by how it begins. */
  static RequestLine of(String line) {
    return line.startsWith("{") ? OfJson.read(line) : OfAccessLog.read(line);
  }

  /** A path with its query, as a client sends it; empty if it is none. */
  private static Optional<String> path(String target) {
    String path = target.replaceFirst("#.*", "");
    if (!path.startsWith("/") || !path.matches("[!-~]{1,2000}")) {
      return Optional.empty();
    }
    try {
      URI uri = new URI("http://127.0.0.1" + path);
      return "127.0.0.1".equals(uri.getHost()) ? Optional.of(path) : Optional.empty();
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  private static RequestLine noPath(String target) {
    return new Rejected(
        "'"
            + Printable.of(target)
            + "' is not a path that can be asked for: at most 2000 characters, percent-encoded");
  }

  /** Common or Combined Log Format; what follows the size is not read. */
  final class OfAccessLog {
    private static final String EXPECTED =
        "expected a line of an access log in Common or Combined Log Format, or JSON such as"
            + " {\"get\": \"/orders\"}";

    private OfAccessLog() {}

    static RequestLine read(String line) {
      int time = line.indexOf(" [");
      int begin = time < 0 ? -1 : line.indexOf("] \"", time);
      int end = begin < 0 ? -1 : closingQuote(line, begin + 3);
      if (end < 0 || !statusAndSize(line.substring(end + 1))) {
        return new Rejected(EXPECTED);
      }
      return request(line.substring(begin + 3, end));
    }

    /** The quote that ends what begins here: one that no backslash precedes. */
    private static int closingQuote(String line, int from) {
      for (int i = from; i < line.length(); i++) {
        if (line.charAt(i) == '\\') {
          i++;
        } else if (line.charAt(i) == '"') {
          return i;
        }
      }
      return -1;
    }

    private static boolean statusAndSize(String rest) {
      String[] words = rest.split(" ", 4);
      return words.length >= 3
          && words[0].isEmpty()
          && words[1].matches("[0-9]{3}")
          && words[2].matches("-|[0-9]{1,18}");
    }

    private static RequestLine request(String request) {
      String[] words = request.split(" ", -1);
      if (request.isEmpty() || request.equals("-")) {
        return new LeftOut();
      }
      if (words.length != 3
          || !words[0].matches("[A-Z]{1,20}")
          || !words[2].matches("HTTP/[0-9.]{1,5}")) {
        return new Rejected("'" + Printable.of(request) + "' is not a request");
      }
      if (!words[0].equals("GET") && !words[0].equals("HEAD")) {
        return new LeftOut();
      }
      return path(withoutHost(words[1]))
          .<RequestLine>map(
              path -> new Replayed(new Request(words[0], path, Map.of(), Optional.empty())))
          .orElseGet(() -> noPath(words[1]));
    }

    /** Clients of a proxy name the host as well: that is not where it is sent. */
    private static String withoutHost(String target) {
      String path = target.replaceFirst("^[a-zA-Z][a-zA-Z0-9+.-]{0,20}://[^/?#]*", "");
      return path.equals(target) || path.startsWith("/") ? path : "/" + path;
    }
  }

  /** A request as {@code staging.load.requests} has it, as one JSON document. */
  final class OfJson {
    private static final int HEADERS_MAX = 50;

    /** The client sets these itself, and one of them would name another host. */
    private static final Set<String> OWN =
        Set.of("connection", "content-length", "expect", "host", "upgrade", "transfer-encoding");

    private OfJson() {}

    /** The keys of a request, and nothing else. */
    private record Document(
        Optional<String> get,
        Optional<String> head,
        Optional<String> post,
        Optional<String> put,
        Optional<String> patch,
        Optional<String> delete,
        Optional<String> options,
        Optional<Map<String, String>> requestHeaders,
        Optional<String> body) {
      Map<String, String> targets() {
        Map<String, String> targets = new LinkedHashMap<>();
        get.ifPresent(it -> targets.put("get", it));
        head.ifPresent(it -> targets.put("head", it));
        post.ifPresent(it -> targets.put("post", it));
        put.ifPresent(it -> targets.put("put", it));
        patch.ifPresent(it -> targets.put("patch", it));
        delete.ifPresent(it -> targets.put("delete", it));
        options.ifPresent(it -> targets.put("options", it));
        return targets;
      }
    }

    static RequestLine read(String line) {
      try {
        return request(Json.mapper().readValue(line, Document.class));
      } catch (JacksonException e) {
        return new Rejected(
            "this is not a request in JSON, such as {\"get\": \"/orders\"}: "
                + Printable.of(String.valueOf(e.getOriginalMessage())));
      }
    }

    private static RequestLine request(Document document) {
      Map<String, String> targets = document.targets();
      if (targets.size() != 1) {
        return new Rejected("expected exactly one of get, head, post, put, patch, delete, options");
      }
      Map.Entry<String, String> only = targets.entrySet().iterator().next();
      Map<String, String> headers = document.requestHeaders().orElse(Map.of());
      Optional<String> unfit = unfit(headers);
      if (unfit.isPresent()) {
        return new Rejected(unfit.get());
      }
      return path(only.getValue())
          .<RequestLine>map(
              path ->
                  new Replayed(
                      new Request(
                          only.getKey().toUpperCase(Locale.ROOT), path, headers, document.body())))
          .orElseGet(() -> noPath(only.getValue()));
    }

    private static Optional<String> unfit(Map<String, String> headers) {
      if (headers.size() > HEADERS_MAX) {
        return Optional.of("more than " + HEADERS_MAX + " request_headers");
      }
      List<String> unfit =
          headers.entrySet().stream()
              .filter(
                  it ->
                      OWN.contains(it.getKey().toLowerCase(Locale.ROOT))
                          || !it.getKey().matches("[A-Za-z0-9!#$&'*+.^_`|~-]{1,100}")
                          || Objects.isNull(it.getValue())
                          || !it.getValue().matches("[^\\p{Cc}]{0,2000}"))
              .map(Map.Entry::getKey)
              .toList();
      return unfit.isEmpty()
          ? Optional.empty()
          : Optional.of("the header " + Printable.of(unfit.getFirst()) + " cannot be sent");
    }
  }
}

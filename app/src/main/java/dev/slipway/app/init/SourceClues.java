package dev.slipway.app.init;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a service's source says of how it is reached.
 *
 * @param http whether it serves HTTP
 * @param health a path that looks like a health check
 * @param port how it is told its port
 */
record SourceClues(Http http, Optional<String> health, Port port) {
  private static final int READ_MAX = 3_000;
  private static final Pattern SOURCE =
      Pattern.compile(".*\\.(java|kt|kts|scala|groovy|js|mjs|cjs|ts|tsx|py|go|properties|ya?ml)");
  private static final Pattern TEST =
      Pattern.compile(
          "(.*/)?(src/test|tests?|__tests__|spec)/.*|.*[._](test|spec)\\.[a-z]+|(.*/)?test_[^/]*");

  private static final Pattern HTTP =
      Pattern.compile(
          "com\\.sun\\.net\\.httpserver|@(Rest)?Controller|@Path\\(|jakarta\\.ws\\.rs|javalin|io\\.vertx"
              + "|io\\.undertow|org\\.eclipse\\.jetty|embeddedServer\\(|createServer\\(|express\\(|fastify\\("
              + "|new Koa\\(|new Hono\\(|Bun\\.serve|http\\.server|HTTPServer|Flask\\(|FastAPI\\(|aiohttp|tornado"
              + "|django|ListenAndServe|gin\\.(Default|New)\\(|echo\\.New\\(|fiber\\.New\\(|chi\\.NewRouter");
  private static final Pattern HEALTH =
      Pattern.compile(
          "(?<![A-Za-z0-9_./-])(/(?:api/)?(?:actuator/health|q/health|health|healthz|health-check|healthcheck|livez"
              + "|readyz|ready|ping|status))(?=[\"'`\\s?)])");
  private static final List<String> HEALTH_ORDER =
      List.of(
          "/health", "/healthz", "/actuator/health", "/q/health", "/readyz", "/ready", "/livez");
  private static final Pattern PORT_VARIABLE =
      Pattern.compile(
          "getenv\\(\\s*[\"']PORT[\"']|Getenv\\(\"PORT\"\\)|LookupEnv\\(\"PORT\"\\)|env\\.PORT\\b"
              + "|env\\[[\"']PORT[\"']\\]|environ(\\.get\\(|\\[)\\s*[\"']PORT[\"']|\\$\\{PORT\\b"
              + "|getOrDefault\\(\\s*\"PORT\"|env\\(\\)\\.get\\(\"PORT\"|\\.get\\(\"PORT\"");
  private static final Pattern PORT_OPTION = Pattern.compile("[\"'`]--port[\"'`=]");

  enum Http {
    SERVED,
    NOT_SEEN
  }

  enum Port {
    /** The environment variable PORT. */
    VARIABLE,
    /** The option --port. */
    OPTION,
    NOT_SEEN
  }

  /** Reads the service's source, without its tests. */
  static SourceClues of(Folder folder) {
    boolean http = false;
    boolean variable = false;
    boolean option = false;
    List<String> health = new ArrayList<>();
    List<String> sources =
        folder.files().stream()
            .filter(file -> SOURCE.matcher(file).matches() && !TEST.matcher(file).matches())
            .limit(READ_MAX)
            .toList();
    for (String source : sources) {
      String text = folder.text(source).orElse("");
      http |= HTTP.matcher(text).find();
      variable |= PORT_VARIABLE.matcher(text).find();
      option |= PORT_OPTION.matcher(text).find();
      Matcher matcher = HEALTH.matcher(text);
      while (matcher.find()) {
        health.add(matcher.group(1));
      }
    }
    Port port = variable ? Port.VARIABLE : option ? Port.OPTION : Port.NOT_SEEN;
    return new SourceClues(http ? Http.SERVED : Http.NOT_SEEN, best(health), port);
  }

  private static Optional<String> best(List<String> found) {
    return HEALTH_ORDER.stream()
        .filter(found::contains)
        .findFirst()
        .or(() -> found.stream().sorted().findFirst());
  }

  /** The same for a framework that serves HTTP and takes its port as an argument. */
  SourceClues served(Optional<String> knownHealth) {
    return new SourceClues(Http.SERVED, knownHealth.or(() -> health), Port.OPTION);
  }
}

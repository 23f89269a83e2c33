package dev.slipway.app.config;

import dev.slipway.project.Smoke;
import dev.slipway.project.Smoke.Expectation;
import dev.slipway.project.Smoke.HttpCheck;
import dev.slipway.project.StagingPlan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Makes smoke tests and requests of their sections. */
final class SmokeReader {
  static final Smoke NONE = Smoke.NONE;
  private static final List<String> METHODS =
      List.of("get", "head", "post", "put", "patch", "delete", "options");
  private static final Duration COMMAND_LIMIT = Duration.ofMinutes(5);
  private static final Duration WITHIN = Duration.ofSeconds(5);

  private SmokeReader() {}

  static Smoke smoke(View view, String root) {
    List<HttpCheck> checks = new ArrayList<>();
    for (View each : view.mappings("http")) {
      request(each).ifPresent(request -> checks.add(check(each, request)));
    }
    return new Smoke(checks, ServiceReader.command(view, root, COMMAND_LIMIT));
  }

  private static HttpCheck check(View view, StagingPlan.Request request) {
    int status =
        view.number("status").filter(n -> n >= 100 && n <= 599).map(Long::intValue).orElse(200);
    return new HttpCheck(
        request.method(),
        request.path(),
        request.headers(),
        request.body(),
        status,
        view.textsByName("headers"),
        view.mapping("json").map(SmokeReader::expectations).orElse(Map.of()),
        view.duration("within").orElse(WITHIN));
  }

  private static Map<String, Expectation> expectations(View json) {
    Map<String, Expectation> expectations = new LinkedHashMap<>();
    json.node()
        .entries()
        .forEach((path, entry) -> expectations.put(path, expectation(entry.value())));
    return expectations;
  }

  private static Expectation expectation(YamlNode value) {
    boolean exists =
        value instanceof YamlNode.Scalar(int ignored, YamlNode.Type type, String text)
            && type == YamlNode.Type.TEXT
            && text.equals("exists");
    return exists
        ? new Expectation.Exists()
        : new Expectation.Equals(YamlJson.of(value).toString());
  }

  /** The request of a check or of the load; which method it has is the name of its key. */
  static Optional<StagingPlan.Request> request(View view) {
    List<String> methods = METHODS.stream().filter(view::has).toList();
    if (methods.size() != 1) {
      view.error(
          "expected exactly one of " + String.join(", ", METHODS) + ", such as get: /health");
      return Optional.empty();
    }
    String method = methods.getFirst();
    return view.text(method)
        .map(
            path ->
                new StagingPlan.Request(
                    method.toUpperCase(Locale.ROOT),
                    path,
                    view.textsByName("request_headers"),
                    view.text("body")));
  }
}

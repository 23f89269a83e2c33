package dev.slipway.app.config;

import dev.slipway.app.config.ProductionConfig.Metrics;
import dev.slipway.app.config.ProductionConfig.Queries;
import dev.slipway.app.config.ProductionConfig.Target;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads the section {@code production} of the server's configuration. */
final class ProductionReader {
  private static final Duration SCRIPT_LIMIT = Duration.ofMinutes(10);
  private static final Duration METRICS_LIMIT = Duration.ofSeconds(20);
  private static final Duration SCRAPE_INTERVAL = Duration.ofSeconds(15);

  private ProductionReader() {}

  static ProductionConfig read(View view) {
    Optional<View> haproxy = view.mapping("haproxy");
    Optional<View> scripts = view.mapping("scripts");
    Optional<View> kubernetes = view.mapping("kubernetes");
    requireOne(view);
    Target target =
        haproxy
            .flatMap(ProductionReader::haproxy)
            .or(() -> kubernetes.map(KubernetesReader::read))
            .or(() -> scripts.flatMap(ProductionReader::scripts))
            .orElseGet(Target.Processes::new);
    Metrics metrics =
        view.mapping("metrics").map(ProductionReader::metrics).orElseGet(Metrics.OfTheRouter::new);
    if (metrics instanceof Metrics.OfTheRouter) {
      List.of("scripts", "kubernetes").stream()
          .filter(view::has)
          .forEach(
              name ->
                  view.error(
                      name,
                      "needs production.metrics, prometheus or script: nobody else can say what it"
                          + " served"));
    }
    return new ProductionConfig(target, metrics, FreezeReader.read(view));
  }

  private static void requireOne(View view) {
    List<String> said =
        List.of("haproxy", "kubernetes", "scripts").stream().filter(view::has).toList();
    if (said.size() > 1) {
      view.error(said.getLast(), "stands beside " + said.getFirst() + "; expected one of the two");
    }
  }

  private static Optional<Target> haproxy(View view) {
    Optional<String> socket = required(view, "socket", "the absolute path of its stats socket");
    Optional<String> endpoint = required(view, "endpoint", "a URL such as http://127.0.0.1:8080");
    return socket.flatMap(
        path ->
            endpoint.map(
                url ->
                    new Target.Haproxy(
                        Path.of(path),
                        url,
                        view.text("ring").orElse("slipway"),
                        view.text("state_file").map(Path::of))));
  }

  private static Optional<String> required(View view, String name, String expected) {
    if (!view.has(name)) {
      view.error(name, "is missing; expected " + expected);
    }
    return view.text(name);
  }

  private static Optional<Target> scripts(View view) {
    List<String> names = List.of("install", "shift", "promote", "roll_back", "status");
    List<String> missing = names.stream().filter(name -> !view.has(name)).toList();
    missing.forEach(
        name -> view.error(name, "is missing; expected a program and its arguments, a list"));
    return missing.isEmpty()
        ? Optional.of(
            new Target.Scripts(
                view.words("install"),
                view.words("shift"),
                view.words("promote"),
                view.words("roll_back"),
                view.words("status"),
                view.duration("limit").orElse(SCRIPT_LIMIT)))
        : Optional.empty();
  }

  private static Metrics metrics(View view) {
    if (view.has("prometheus") && view.has("script")) {
      view.error("script", "stands beside prometheus; expected one of the two");
    }
    Duration resolution = view.duration("resolution").orElse(SCRAPE_INTERVAL);
    if (resolution.toMillisPart() != 0) {
      view.error("resolution", "expected whole seconds, such as 15s");
    }
    List<String> script = view.words("script");
    if (!script.isEmpty()) {
      return new Metrics.OfAScript(script, METRICS_LIMIT, resolution);
    }
    return view.text("prometheus")
        .<Metrics>map(url -> new Metrics.Prometheus(URI.create(url), queries(view), resolution))
        .orElseGet(Metrics.OfTheRouter::new);
  }

  private static Queries queries(View view) {
    Optional<View> own = view.mapping("own_queries");
    if (own.isPresent()) {
      return own(own.get());
    }
    return view.text("queries")
        .<Queries>map(name -> Queries.Known.valueOf(name.toUpperCase(Locale.ROOT)))
        .orElse(Queries.Known.EDGE);
  }

  private static Queries own(View view) {
    String expected = "PromQL that gives counters, with ${service}, ${environment}, ${arm}";
    return new Queries.Own(
        required(view, "requests", expected).orElse(""),
        required(view, "errors", expected).orElse(""),
        required(view, "latency", expected).orElse(""));
  }
}

package dev.slipway.app.config;

import dev.slipway.app.config.ProductionConfig.Gateway;
import dev.slipway.app.config.ProductionConfig.Place;
import dev.slipway.app.config.ProductionConfig.Target;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads {@code production.kubernetes} of the server's configuration. */
final class KubernetesReader {
  private static final int PORT = 8080;
  private static final Duration READY_WITHIN = Duration.ofMinutes(10);

  private KubernetesReader() {}

  static Target read(View view) {
    Map<String, String> argo = view.textsByName("argo_rollouts");
    Map<String, Place> environments = new LinkedHashMap<>();
    Optional<View> named = view.mapping("environments");
    if (named.isEmpty()) {
      view.error("environments", "is missing; expected a mapping from environments to places");
    }
    named.ifPresent(
        all ->
            all.node()
                .entries()
                .keySet()
                .forEach(
                    name ->
                        all.mapping(name)
                            .ifPresent(it -> environments.put(name, place(it, !argo.isEmpty())))));
    named.ifPresent(all -> requireApart(all, environments));
    return new Target.Kubernetes(
        view.text("kubeconfig").map(Path::of),
        environments,
        view.text("pod_template"),
        view.number("port").map(Math::toIntExact).orElse(PORT),
        view.duration("ready_within").orElse(READY_WITHIN),
        argo);
  }

  private static Place place(View view, boolean argo) {
    List<Gateway> gateways =
        view.mappings("gateways").stream()
            .map(
                it ->
                    new Gateway(
                        it.text("name").orElse(""), it.text("namespace"), it.text("section")))
            .toList();
    if (gateways.isEmpty() && !argo) {
      view.error("gateways", "is missing; expected a list of Gateways, such as [{name: public}]");
    }
    return new Place(
        view.text("context"),
        required(view, "namespace", "the name of a namespace"),
        gateways,
        view.words("hostnames"),
        required(view, "endpoint", "a URL such as https://${service}.example.com"));
  }

  private static String required(View view, String name, String expected) {
    if (!view.has(name)) {
      view.error(name, "is missing; expected " + expected);
    }
    return view.text(name).orElse("");
  }

  /** What two environments call the same in one namespace would be one and the same. */
  private static void requireApart(View all, Map<String, Place> environments) {
    Map<List<Object>, String> taken = new HashMap<>();
    environments.forEach(
        (name, place) -> {
          String other = taken.put(List.of(place.context(), place.namespace()), name);
          if (other != null) {
            all.error(name, "has the namespace of " + other + "; expected one of its own");
          }
        });
  }
}

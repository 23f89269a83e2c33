package dev.slipway.app.detectors.api;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.openapitools.openapidiff.core.OpenApiCompare;
import org.openapitools.openapidiff.core.model.Changed;
import org.openapitools.openapidiff.core.model.ChangedOpenApi;
import org.openapitools.openapidiff.core.model.ChangedOperation;
import org.openapitools.openapidiff.core.model.Endpoint;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.databind.json.JsonMapper;

/**
 * OpenAPI 3, compared by openapi-diff. Its parser follows references to files and to the network,
 * which a change could point at anything: such references are taken out first.
 */
final class OpenApiBreaks {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** Enough for any interface; an expansion of aliases stops here. */
  private static final int NODES_MAX = 500_000;

  private static final int DEPTH_MAX = 200;

  private int nodes;
  private boolean isWhole = true;

  private OpenApiBreaks() {}

  /** Whether the text says that it is an OpenAPI document. */
  static boolean isOpenApi(String text) {
    String head = text.substring(0, Math.min(text.length(), 20_000));
    return head.matches(
        "(?s).*(?:^|[\\n{,\\s])[\"']?(?:openapi|swagger)[\"']?\\s*:\\s*[\"']?[23]\\..*");
  }

  /** What came of a comparison; not whole if a reference led out of the file. */
  record Comparison(List<Break> breaks, boolean isWhole) {}

  /** Throws a runtime exception for text that is no OpenAPI document. */
  static Comparison between(Version before, Version after) {
    OpenApiBreaks comparison = new OpenApiBreaks();
    Object old = comparison.sealed(before.text());
    Object now = comparison.sealed(after.text());
    ChangedOpenApi changed =
        OpenApiCompare.fromContents(JSON.writeValueAsString(old), JSON.writeValueAsString(now));
    List<Break> breaks = new ArrayList<>(lostProperties(old, now, after));
    for (Endpoint gone : changed.getMissingEndpoints()) {
      breaks.add(
          new Break(
              "openapi.removed",
              after.path(),
              0,
              gone.getMethod() + " " + gone.getPathUrl() + " is gone"));
    }
    for (ChangedOperation operation : changed.getChangedOperations()) {
      if (operation.isIncompatible()) {
        breaks.add(changed(operation, after));
      }
    }
    return new Comparison(breaks, comparison.isWhole);
  }

  /** Properties that named schemas no longer have: openapi-diff minds only the required ones. */
  private static List<Break> lostProperties(
      @Nullable Object old, @Nullable Object now, Version after) {
    List<Break> breaks = new ArrayList<>();
    Map<?, ?> schemas = in(in(now, "components"), "schemas");
    in(in(old, "components"), "schemas")
        .forEach(
            (name, schema) -> {
              if (!schemas.containsKey(name)) {
                return; // seen where it was used
              }
              Map<?, ?> kept = in(schemas.get(name), "properties");
              for (Object property : in(schema, "properties").keySet()) {
                if (!kept.containsKey(property)) {
                  String what = name + "." + property + " is gone";
                  breaks.add(new Break("openapi.property", after.path(), 0, what));
                }
              }
            });
    return breaks;
  }

  private static Map<?, ?> in(@Nullable Object node, String key) {
    return node instanceof Map<?, ?> map && map.get(key) instanceof Map<?, ?> inner
        ? inner
        : Map.of();
  }

  private static Break changed(ChangedOperation operation, Version after) {
    List<String> parts = new ArrayList<>();
    add(parts, "parameters", operation.getParameters());
    add(parts, "request", operation.getRequestBody());
    add(parts, "responses", operation.getApiResponses());
    add(parts, "security", operation.getSecurityRequirements());
    String what = parts.isEmpty() ? "the operation" : String.join(" and ", parts);
    return new Break(
        "openapi." + (parts.size() == 1 ? parts.getFirst() : "changed"),
        after.path(),
        line(after.text(), operation.getPathUrl()),
        operation.getHttpMethod().toString().toUpperCase(Locale.ROOT)
            + " "
            + operation.getPathUrl()
            + ": "
            + what
            + " changed so that old callers break");
  }

  private static void add(List<String> parts, String name, @Nullable Changed changed) {
    if (changed != null && changed.isIncompatible()) {
      parts.add(name);
    }
  }

  private static int line(String text, String path) {
    int at = text.indexOf(path);
    return at < 0 ? 0 : (int) text.substring(0, at).chars().filter(c -> c == '\n').count() + 1;
  }

  /** The document without references that lead out of it. */
  private @Nullable Object sealed(String text) {
    LoadSettings settings =
        LoadSettings.builder()
            .setMaxAliasesForCollections(100)
            .setCodePointLimit(5_000_000)
            .setAllowDuplicateKeys(true)
            .build();
    nodes = 0;
    return sealed(new Load(settings).loadFromString(text), 0);
  }

  private @Nullable Object sealed(@Nullable Object node, int depth) {
    if (++nodes > NODES_MAX || depth > DEPTH_MAX) {
      throw new IllegalArgumentException("an OpenAPI document that is too large or too deep");
    }
    if (node instanceof Map<?, ?> map) {
      Map<String, @Nullable Object> copy = new LinkedHashMap<>();
      map.forEach(
          (key, value) -> {
            boolean outward =
                String.valueOf(key).equals("$ref")
                    && value instanceof String target
                    && !target.startsWith("#");
            boolean mapping =
                String.valueOf(key).equals("mapping")
                    && value instanceof Map<?, ?> targets
                    && targets.values().stream().allMatch(String.class::isInstance);
            if (outward || mapping) {
              isWhole &= mapping;
            } else {
              copy.put(String.valueOf(key), sealed(value, depth + 1));
            }
          });
      return copy;
    }
    if (node instanceof List<?> list) {
      List<@Nullable Object> copy = new ArrayList<>();
      list.forEach(item -> copy.add(sealed(item, depth + 1)));
      return copy;
    }
    return node;
  }
}

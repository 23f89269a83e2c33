package dev.slipway.app.config;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * The environment variables of the server's configuration. The schema says which there are: the key
 * {@code limits.risk_max} is {@code SLIPWAY_LIMITS_RISK_MAX}. Lists are separated by commas.
 */
final class Variables {
  private static final String PREFIX = "SLIPWAY_";

  /** Variables that are set, by the key they stand for. */
  private final Map<String, String> nameByKey = new LinkedHashMap<>();

  private final Map<String, String> environment;
  private final JsonNode schema;
  private final List<String> unknown;

  private Variables(JsonNode schema, Map<String, String> environment) {
    this.schema = schema;
    this.environment = environment;
    Map<String, String> known = new TreeMap<>();
    collect(schema, "", known);
    known.forEach(
        (name, key) -> {
          if (environment.containsKey(name)) {
            nameByKey.put(key, name);
          }
        });
    this.unknown =
        environment.keySet().stream()
            .filter(name -> isOurs(name) && !known.containsKey(name))
            .sorted()
            .toList();
  }

  static Variables of(JsonNode schema, Map<String, String> environment) {
    return new Variables(schema, environment);
  }

  private static void collect(JsonNode rule, String key, Map<String, String> known) {
    if (rule.path("properties").isEmpty()) {
      known.put(PREFIX + key.replace('.', '_').toUpperCase(Locale.ROOT), key);
      return;
    }
    for (String name : rule.path("properties").propertyNames()) {
      if (!name.equals("version")) {
        collect(rule.path("properties").path(name), YamlNode.key(key, name), known);
      }
    }
  }

  /**
   * Whether the name can only be meant for a section of the configuration. Other variables that
   * begin like ours are left alone: Kubernetes sets some in every pod beside a service of our name.
   */
  private boolean isOurs(String name) {
    return schema.path("properties").propertyNames().stream()
        .filter(section -> schema.path("properties").path(section).has("properties"))
        .anyMatch(section -> name.startsWith(PREFIX + section.toUpperCase(Locale.ROOT) + "_"));
  }

  /** Names that are like ours and stand for no key. */
  List<String> unknown() {
    return unknown;
  }

  /** The document with the variables' values over its own. Line 0 marks what is a variable's. */
  YamlNode.Mapping over(YamlNode.Mapping document) {
    YamlNode.Mapping result = copy(document);
    nameByKey.forEach((key, name) -> put(result, key, environment.getOrDefault(name, "")));
    return result;
  }

  private static YamlNode.Mapping copy(YamlNode.Mapping mapping) {
    Map<String, YamlNode.Entry> entries = new LinkedHashMap<>();
    mapping
        .entries()
        .forEach(
            (name, entry) ->
                entries.put(
                    name,
                    entry.value() instanceof YamlNode.Mapping inner
                        ? new YamlNode.Entry(entry.line(), copy(inner))
                        : entry));
    return new YamlNode.Mapping(mapping.line(), entries);
  }

  private void put(YamlNode.Mapping root, String key, String text) {
    YamlNode.Mapping mapping = root;
    JsonNode rule = schema;
    String[] names = key.split("\\.");
    for (String name : Arrays.copyOf(names, names.length - 1)) {
      rule = rule.path("properties").path(name);
      YamlNode.Entry entry = mapping.entries().get(name);
      if (entry == null || !(entry.value() instanceof YamlNode.Mapping)) {
        entry = new YamlNode.Entry(0, new YamlNode.Mapping(0, new LinkedHashMap<>()));
        mapping.entries().put(name, entry);
      }
      mapping = (YamlNode.Mapping) entry.value();
    }
    String last = names[names.length - 1];
    YamlNode value = value(rule.path("properties").path(last), text);
    mapping.entries().put(last, new YamlNode.Entry(0, value));
  }

  /** What the text is by the key's type in the schema: a password of digits stays a text. */
  private static YamlNode value(JsonNode rule, String text) {
    return switch (rule.path("type").asString("string")) {
      case "array" ->
          new YamlNode.Sequence(
              0,
              Arrays.stream(text.split(","))
                  .map(String::strip)
                  .filter(item -> !item.isEmpty())
                  .<YamlNode>map(item -> new YamlNode.Scalar(0, YamlNode.Type.TEXT, item))
                  .toList());
      case "integer" ->
          new YamlNode.Scalar(
              0, text.matches("-?[0-9]{1,18}") ? YamlNode.Type.INTEGER : YamlNode.Type.TEXT, text);
      default -> new YamlNode.Scalar(0, YamlNode.Type.TEXT, text);
    };
  }

  /** The errors, with those of variables under the variable's name. */
  List<ConfigError> named(List<ConfigError> errors) {
    return errors.stream().map(this::named).toList();
  }

  private ConfigError named(ConfigError error) {
    if (unknown.contains(error.key())) {
      return new ConfigError("environment", 0, error.key(), error.message());
    }
    String key = error.key().replaceFirst("\\[[0-9]+]$", "");
    String name = nameByKey.get(key);
    return name == null || error.line() != 0
        ? error
        : new ConfigError("environment", 0, name, error.message());
  }
}

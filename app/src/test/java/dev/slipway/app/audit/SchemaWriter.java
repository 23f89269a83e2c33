package dev.slipway.app.audit;

import dev.slipway.app.json.Json;
import dev.slipway.change.ChangeId;
import dev.slipway.change.CommitId;
import dev.slipway.change.Digest;
import dev.slipway.change.Environment;
import dev.slipway.change.ServiceName;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes the JSON Schema of a kind of record from its Java type, as {@link Json} maps it. */
final class SchemaWriter {
  private static final Pattern WORD_START = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])");

  private static final Map<Class<?>, String> PATTERNS =
      Map.of(
          ChangeId.class, "^[A-Za-z0-9][A-Za-z0-9._#-]{0,99}$",
          CommitId.class, "^[0-9a-f]{40}([0-9a-f]{24})?$",
          Digest.class, "^[0-9a-f]{64}$",
          Environment.class, "^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$",
          ServiceName.class, "^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$",
          Instant.class, "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]{5,18}Z$",
          Duration.class, "^-?P(?=.)[0-9TDHMS.-]+$");

  private final Map<String, ObjectNode> definitions = new TreeMap<>();

  static String write(Class<?> kind) {
    SchemaWriter writer = new SchemaWriter();
    ObjectNode schema = Json.mapper().createObjectNode();
    String label = Json.label(kind);
    schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    schema.put(
        "$id",
        "urn:dev.slipway:audit:" + RecordSchemas.resource(label).substring("record/".length()));
    schema.put("title", "Slipway audit record: " + label + ", version " + CanonicalCodec.SCHEMA);
    schema.setAll(writer.members(kind));
    ObjectNode properties = (ObjectNode) schema.get("properties");
    properties.putObject("type").put("const", label);
    properties.putObject("schema").put("const", CanonicalCodec.SCHEMA);
    ((ArrayNode) schema.get("required")).add("type").add("schema");
    if (!writer.definitions.isEmpty()) {
      schema.putObject("$defs").setAll(writer.definitions);
    }
    return JsonMapper.builder().build().writerWithDefaultPrettyPrinter().writeValueAsString(schema)
        + "\n";
  }

  private ObjectNode members(Class<?> type) {
    ObjectNode schema = object();
    schema.put("type", "object");
    schema.put("additionalProperties", false);
    ObjectNode properties = schema.putObject("properties");
    ArrayNode required = schema.putArray("required");
    for (RecordComponent component : type.getRecordComponents()) {
      String name = snake(component.getName());
      properties.set(name, of(component.getGenericType()));
      required.add(name);
    }
    return schema;
  }

  private ObjectNode of(Type type) {
    if (type instanceof ParameterizedType generic) {
      return generic(generic);
    }
    Class<?> plain = (Class<?>) type;
    String pattern = PATTERNS.get(plain);
    if (pattern != null) {
      return typed("string").put("pattern", pattern);
    }
    if (plain == String.class) {
      return typed("string");
    }
    if (plain == int.class || plain == long.class) {
      return typed("integer");
    }
    if (plain == double.class) {
      return typed("number");
    }
    if (plain.isEnum()) {
      ArrayNode values = object().putArray("enum");
      Arrays.stream(plain.getEnumConstants())
          .forEach(it -> values.add(((Enum<?>) it).name().toLowerCase(Locale.ROOT)));
      ObjectNode schema = object();
      schema.set("enum", values);
      return schema;
    }
    return defined(plain);
  }

  private ObjectNode generic(ParameterizedType type) {
    Type last = type.getActualTypeArguments()[type.getActualTypeArguments().length - 1];
    if (type.getRawType() == List.class) {
      ObjectNode schema = typed("array");
      schema.set("items", of(last));
      return schema;
    }
    if (type.getRawType() == Map.class) {
      ObjectNode schema = typed("object");
      schema.set("additionalProperties", of(last));
      return schema;
    }
    throw new IllegalArgumentException("no schema is known for " + type);
  }

  private ObjectNode defined(Class<?> type) {
    String name = Json.label(type);
    if (!definitions.containsKey(name)) {
      definitions.put(name, object());
      definitions.put(name, type.isSealed() ? oneOf(type) : members(type));
    }
    return object().put("$ref", "#/$defs/" + name);
  }

  private ObjectNode oneOf(Class<?> type) {
    ObjectNode schema = object();
    ArrayNode members = schema.putArray("oneOf");
    for (Class<?> member : type.getPermittedSubclasses()) {
      ObjectNode one = members(member);
      ((ObjectNode) one.get("properties")).putObject("type").put("const", Json.label(member));
      ((ArrayNode) one.get("required")).add("type");
      members.add(one);
    }
    return schema;
  }

  private static String snake(String name) {
    return WORD_START.matcher(name).replaceAll("_").toLowerCase(Locale.ROOT);
  }

  private static ObjectNode typed(String type) {
    return object().put("type", type);
  }

  private static ObjectNode object() {
    return Json.mapper().createObjectNode();
  }
}

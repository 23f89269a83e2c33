package dev.slipway.app.anthropic;

import dev.slipway.app.json.Json;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The JSON Schema of a record, in the words of {@link Json}: every component required, no others
 * allowed. Within what Anthropic's structured output takes: no ranges and no lengths, which the
 * record's constructor checks.
 */
final class ReplySchema {
  private static final Pattern WORD_START = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])");

  private ReplySchema() {}

  /**
   * The schema of the record.
   *
   * @throws IllegalArgumentException for a component that has no schema: a fault of the program
   */
  static Map<String, Object> of(Class<? extends Record> type) {
    Map<String, Object> properties = new LinkedHashMap<>();
    List<String> required = new ArrayList<>();
    for (RecordComponent component : type.getRecordComponents()) {
      String name = name(component);
      properties.put(name, schema(component.getGenericType()));
      required.add(name);
    }
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", "object");
    schema.put("properties", properties);
    schema.put("required", required);
    schema.put("additionalProperties", false);
    return schema;
  }

  private static String name(RecordComponent component) {
    return WORD_START.matcher(component.getName()).replaceAll("_").toLowerCase(Locale.ROOT);
  }

  private static Map<String, Object> schema(Type type) {
    if (type == String.class) {
      return Map.of("type", "string");
    }
    if (type == int.class || type == long.class) {
      return Map.of("type", "integer");
    }
    if (type instanceof ParameterizedType list && list.getRawType() == List.class) {
      Map<String, Object> array = new LinkedHashMap<>();
      array.put("type", "array");
      array.put("items", schema(list.getActualTypeArguments()[0]));
      return array;
    }
    if (type instanceof Class<?> named && named.isEnum()) {
      List<String> constants = new ArrayList<>();
      for (Object constant : named.getEnumConstants()) {
        constants.add(((Enum<?>) constant).name().toLowerCase(Locale.ROOT));
      }
      Map<String, Object> choice = new LinkedHashMap<>();
      choice.put("type", "string");
      choice.put("enum", constants);
      return choice;
    }
    if (type instanceof Class<?> named && named.isRecord()) {
      return of(named.asSubclass(Record.class));
    }
    throw new IllegalArgumentException(type + " has no place in a reply");
  }
}

package example.orders.http;

import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a handler answers.
 *
 * @param body what is written as JSON: a record becomes an object whose keys are its components'
 *     names in snake_case, an empty optional becomes null, and what JSON has no type for becomes
 *     its text
 */
public record Response(int status, Object body) {

  private record Problem(String error) {}

  /** A component of a record, and its key in the object the record becomes. */
  private record Field(String key, Method accessor) {

    static Field of(RecordComponent component) {
      component.getAccessor().setAccessible(true);
      String key = component.getName().replaceAll("[A-Z]", "_$0").toLowerCase(Locale.ROOT);
      return new Field(key, component.getAccessor());
    }

    Object read(Object record) {
      try {
        return accessor.invoke(record);
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException("cannot read " + key, e);
      }
    }
  }

  private static final ClassValue<List<Field>> FIELDS =
      new ClassValue<>() {
        @Override
        protected List<Field> computeValue(Class<?> type) {
          return Arrays.stream(type.getRecordComponents()).map(Field::of).toList();
        }
      };

  public static Response ok(Object body) {
    return new Response(200, body);
  }

  public static Response created(Object body) {
    return new Response(201, body);
  }

  /** Says what is wrong, as {@code {"error": "…"}}. */
  public static Response problem(int status, String error) {
    return new Response(status, new Problem(error));
  }

  String json() {
    return json(body);
  }

  private static String json(Object value) {
    return switch (value) {
      case Number number -> number.toString();
      case Boolean bool -> bool.toString();
      case Optional<?> optional -> optional.map(Response::json).orElse("null");
      case List<?> list ->
          list.stream().map(Response::json).collect(Collectors.joining(",", "[", "]"));
      case Map<?, ?> map ->
          object(map.entrySet().stream().map(e -> member(e.getKey().toString(), e.getValue())));
      case Record record ->
          object(FIELDS.get(record.getClass()).stream().map(f -> member(f.key(), f.read(record))));
      default -> quoted(value.toString());
    };
  }

  private static String object(Stream<String> members) {
    return members.collect(Collectors.joining(",", "{", "}"));
  }

  private static String member(String key, Object value) {
    return quoted(key) + ":" + json(value);
  }

  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (char c : text.toCharArray()) {
      switch (c) {
        case '"', '\\' -> quoted.append('\\').append(c);
        default -> quoted.append(c < ' ' ? "\\u%04x".formatted((int) c) : String.valueOf(c));
      }
    }
    return quoted.append('"').toString();
  }
}

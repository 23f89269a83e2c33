package example.orders.http;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
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

  private static final Pattern CAPITAL = Pattern.compile("[A-Z]");

  private record Problem(String error) {}

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
          object(
              Arrays.stream(record.getClass().getRecordComponents())
                  .map(c -> member(snakeCase(c.getName()), read(c, record))));
      default -> quoted(value.toString());
    };
  }

  private static String object(Stream<String> members) {
    return members.collect(Collectors.joining(",", "{", "}"));
  }

  private static String member(String key, Object value) {
    return quoted(key) + ":" + json(value);
  }

  private static Object read(RecordComponent component, Record record) {
    try {
      component.getAccessor().setAccessible(true);
      return component.getAccessor().invoke(record);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot read " + component, e);
    }
  }

  private static String snakeCase(String camelCase) {
    return CAPITAL.matcher(camelCase).replaceAll("_$0").toLowerCase(Locale.ROOT);
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

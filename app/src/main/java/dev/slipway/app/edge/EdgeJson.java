package dev.slipway.app.edge;

import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.exc.ValueInstantiationException;
import tools.jackson.databind.json.JsonMapper;

/** The JSON of the edge: strict, snake_case, and when it refuses it names the place. */
final class EdgeJson {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .build();

  private EdgeJson() {}

  /** A document that cannot be read as what it should be. */
  static final class Malformed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String place;

    Malformed(String place, String message) {
      super(message);
      this.place = place;
    }

    /** Where: a path such as {@code $.stable[1]}, with line and column if the JSON is broken. */
    String place() {
      return place;
    }
  }

  static byte[] write(Object value) {
    return MAPPER.writeValueAsBytes(value);
  }

  /**
   * Reads a wish: every field must be known.
   *
   * @throws Malformed if it is not JSON or not of that type
   */
  static <T> T readWish(byte[] json, Class<T> type) {
    return read(json, type, MAPPER.reader());
  }

  /**
   * Reads an answer: fields that a newer edge may have added are passed over, since the edge and
   * its clients are not upgraded at the same moment.
   *
   * @throws Malformed if it is not JSON or not of that type
   */
  static <T> T readAnswer(byte[] json, Class<T> type) {
    return read(
        json, type, MAPPER.reader().without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES));
  }

  private static <T> T read(byte[] json, Class<T> type, ObjectReader reader) {
    try {
      T value = reader.forType(type).readValue(json);
      if (value == null) {
        throw new Malformed("$", "expected an object, found null");
      }
      return value;
    } catch (JacksonException e) {
      throw new Malformed(place(e), message(e));
    }
  }

  private static String place(JacksonException e) {
    String path =
        e.getPath().stream()
            .map(
                step ->
                    step.getPropertyName() == null
                        ? "[" + step.getIndex() + "]"
                        : "." + step.getPropertyName())
            .collect(Collectors.joining("", "$", ""));
    boolean located = e.getLocation() != null && e.getLocation().getLineNr() > 0;
    return located
        ? path
            + " (line "
            + e.getLocation().getLineNr()
            + ", column "
            + e.getLocation().getColumnNr()
            + ")"
        : path;
  }

  private static String message(JacksonException e) {
    if (e instanceof ValueInstantiationException && e.getCause() != null) {
      return String.valueOf(e.getCause().getMessage());
    }
    return String.valueOf(e.getOriginalMessage()).lines().findFirst().orElse("not valid");
  }
}

package dev.slipway.app.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.slipway.change.Environment;
import dev.slipway.change.ServiceName;
import dev.slipway.change.Slot;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.AnnotationIntrospector;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.KeyDeserializer;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/**
 * The one JSON mapping of our own types, so that a type is written alike in the journal, the audit
 * log, REST and {@code --json}.
 *
 * <ul>
 *   <li>Names are snake_case, in the order in which a record declares its components.
 *   <li>Enum constants are lower-case: {@code same_repository}.
 *   <li>A member of a sealed hierarchy carries {@code "type"}: its simple name in snake_case.
 *   <li>A slot as a key is {@code environment/service}.
 *   <li>A record of a single text or number is that text or number: {@code "commit": "9f2c…"}.
 *   <li>Instants and durations are ISO 8601 text; an empty {@code Optional} is {@code null}.
 *   <li>Reading is strict: unknown names, duplicate names, missing components and trailing text are
 *       errors; only an {@code Optional} may be absent. Depth and length are bounded by Jackson's
 *       {@code StreamReadConstraints} (500 levels, 100 MB).
 * </ul>
 */
public final class Json {
  private static final JsonMapper MAPPER = build();

  private Json() {}

  /** The mapper; immutable and safe to share. */
  public static JsonMapper mapper() {
    return MAPPER;
  }

  /** The name by which a member of a sealed hierarchy is known: its simple name in snake_case. */
  public static String label(Class<?> type) {
    return OwnTypes.label(type);
  }

  private static JsonMapper build() {
    JsonFactory factory =
        JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
    return JsonMapper.builder(factory)
        .annotationIntrospector(
            AnnotationIntrospector.pair(new JacksonAnnotationIntrospector(), new OwnTypes()))
        .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
        .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
        .enable(MapperFeature.INFER_RECORD_GETTERS_FROM_COMPONENTS_ONLY)
        .enable(MapperFeature.REQUIRE_TYPE_ID_FOR_SUBTYPES)
        .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
        .enable(
            DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
            DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES,
            DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
            DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY,
            DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .disable(
            DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS,
            DateTimeFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
        .addModule(new SimpleModule().addKeyDeserializer(Slot.class, new SlotKey()))
        .changeDefaultPropertyInclusion(
            inclusion -> inclusion.withValueInclusion(JsonInclude.Include.ALWAYS))
        .build();
  }

  private static final class SlotKey extends KeyDeserializer {
    @Override
    public Object deserializeKey(String key, DeserializationContext context) {
      String[] parts = key.split("/", -1);
      return parts.length == 2
          ? new Slot(new Environment(parts[0]), new ServiceName(parts[1]))
          : context.handleWeirdKey(Slot.class, key, "a slot is environment/service");
    }
  }
}

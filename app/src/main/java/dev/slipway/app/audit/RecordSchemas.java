package dev.slipway.app.audit;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.slipway.app.json.Json;
import dev.slipway.audit.AuditRecord;
import dev.slipway.change.Printable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * The published forms of the records: one JSON Schema (2020-12) for each kind and version, as the
 * resources {@code record/<kind>-<version>.schema.json}.
 */
final class RecordSchemas {
  private final Map<String, Schema> schemas = new HashMap<>();

  RecordSchemas() {
    SchemaRegistry registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    Stream.concat(kinds().stream(), Stream.of(CanonicalCodec.REFERENCE))
        .forEach(kind -> schemas.put(kind, schema(registry, kind)));
  }

  /** The names of all kinds of record. */
  static List<String> kinds() {
    return members(AuditRecord.class).map(Json::label).sorted().toList();
  }

  private static Stream<Class<?>> members(Class<?> type) {
    return type.isSealed()
        ? Arrays.stream(type.getPermittedSubclasses()).flatMap(RecordSchemas::members)
        : Stream.of(type);
  }

  static String resource(String kind) {
    return "record/" + kind.replace('_', '-') + "-" + CanonicalCodec.SCHEMA + ".schema.json";
  }

  private static Schema schema(SchemaRegistry registry, String kind) {
    try (InputStream in = RecordSchemas.class.getResourceAsStream(resource(kind))) {
      if (in == null) {
        throw new IllegalStateException("the schema " + resource(kind) + " is missing");
      }
      return registry.getSchema(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What the document does not keep of its kind's schema; empty if it keeps it all. */
  Optional<String> flaw(JsonNode document) {
    String kind = document.path("type").asString("");
    Schema schema = schemas.get(kind);
    if (schema == null) {
      return Optional.of("there is no kind of record '" + Printable.of(kind) + "'");
    }
    List<Error> errors = schema.validate(document);
    return errors.isEmpty()
        ? Optional.empty()
        : Optional.of("it is no " + kind + ": " + Printable.of(String.valueOf(errors.getFirst())));
  }
}

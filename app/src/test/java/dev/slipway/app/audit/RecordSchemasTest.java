package dev.slipway.app.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.app.json.Json;
import dev.slipway.audit.AuditRecord;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RecordSchemasTest {
  /**
   * A record that no longer has its published form needs a new version of the form. While a version
   * is being made, {@code -Dslipway.schemas=app/src/main/resources} writes it.
   */
  @ParameterizedTest
  @MethodSource("kinds")
  void theSchemaOfEveryKindIsPublished(Class<?> kind) throws Exception {
    String resource = RecordSchemas.resource(Json.label(kind));
    String schema = SchemaWriter.write(kind);
    String directory = System.getProperty("slipway.schemas");
    if (directory != null) {
      Path file = Path.of(directory, "dev/slipway/app/audit", resource);
      Files.createDirectories(file.getParent());
      Files.writeString(file, schema);
      return;
    }
    try (InputStream in = RecordSchemas.class.getResourceAsStream(resource)) {
      assertThat(in).as(resource).isNotNull();
      assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo(schema);
    }
  }

  static Stream<Class<?>> kinds() {
    return members(AuditRecord.class);
  }

  private static Stream<Class<?>> members(Class<?> type) {
    return type.isSealed()
        ? Arrays.stream(type.getPermittedSubclasses()).flatMap(RecordSchemasTest::members)
        : Stream.of(type);
  }
}

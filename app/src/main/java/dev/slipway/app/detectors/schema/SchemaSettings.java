package dev.slipway.app.detectors.schema;

import dev.slipway.app.detectors.text.ChangedFile;
import dev.slipway.app.detectors.text.Row;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Settings and calls by which a program, or a provider, changes a schema by itself. */
final class SchemaSettings {
  private record Setting(Pattern pattern, Effect effect) {
    static Setting of(String pattern, Effect effect) {
      return new Setting(Pattern.compile(pattern), effect);
    }
  }

  private static final List<Setting> SETTINGS =
      List.of(
          Setting.of(
              "(?:ddl-auto|ddl_auto|ddlAuto|hbm2ddl\\.auto)[\"']?\\s*[:=,]\\s*[\"']?(?:update|create|create-drop|create-only|drop)\\b",
              Effect.locking("the mapper changes the schema by itself when the program starts")),
          Setting.of(
              "\\bsynchronize\\s*:\\s*true\\b|\\.sync\\(\\s*\\{[^}]{0,80}(?:alter|force)\\s*:\\s*true",
              Effect.locking("the mapper changes the schema by itself when the program starts")),
          Setting.of(
              "\\.AutoMigrate\\(|\\.EnsureCreated(?:Async)?\\(|\\bmetadata\\.create_all\\(|\\.generate-ddl\\s*[:=]\\s*true",
              Effect.additive("the mapper makes tables by itself when the program starts")),
          Setting.of(
              "\\.EnsureDeleted(?:Async)?\\(|\\bmetadata\\.drop_all\\(|\\bclean-?[dD]isabled\\s*[:=]\\s*[\"']?false|\\bclean-on-validation-error\\s*[:=]\\s*true",
              Effect.destructive("everything in the database may be taken away")),
          Setting.of(
              "^\\s*(?:hash_key|range_key|partition_key_path|partition_key_paths)\\s*=",
              Effect.locking("a table gets another key: it is made anew")),
          Setting.of(
              "^\\s*(?:deletion_protection|deletion_protection_enabled|prevent_destroy)\\s*=\\s*false\\b",
              Effect.destructive("what holds data may be deleted with all that is in it")));

  private SchemaSettings() {}

  /** What the row sets; empty for anything else, and for one's own machine. */
  static Optional<Effect> of(ChangedFile file, Row row) {
    if (file.path().matches("(?i).*(?:dev|local|test|example|sample).*")) {
      return Optional.empty();
    }
    String code = row.code();
    return SETTINGS.stream()
        .filter(it -> it.pattern().matcher(code).find())
        .map(Setting::effect)
        .findFirst()
        .filter(effect -> !isSame(file, code));
  }

  /** What stood there before in another place, or differently spaced, is no change. */
  private static boolean isSame(ChangedFile file, String code) {
    String plain = code.replaceAll("\\s", "");
    return file.deleted().stream().anyMatch(old -> old.code().replaceAll("\\s", "").equals(plain));
  }
}

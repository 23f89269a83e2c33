package dev.slipway.app.detectors.schema;

import dev.slipway.app.detectors.text.AnyOf;
import dev.slipway.app.detectors.text.ChangedFile;
import dev.slipway.app.detectors.text.Row;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Settings and calls by which a program, or a provider, changes a schema by itself. */
final class SchemaSettings {
  private record Setting(AnyOf signs, Pattern pattern, Effect effect) {
    static Setting of(String signs, String pattern, Effect effect) {
      return new Setting(AnyOf.words(signs), Pattern.compile(pattern), effect);
    }

    boolean isIn(String code) {
      return signs.isIn(code) && pattern.matcher(code).find();
    }
  }

  private static final List<Setting> SETTINGS =
      List.of(
          Setting.of(
              "ddl",
              "(?:ddl-auto|ddl_auto|ddlAuto|hbm2ddl\\.auto)[\"']?\\s*[:=,]\\s*[\"']?(?:update|create|create-drop|create-only|drop)\\b",
              Effect.locking("the mapper changes the schema by itself when the program starts")),
          Setting.of(
              "synchronize .sync(",
              "\\bsynchronize\\s*:\\s*true\\b|\\.sync\\(\\s*\\{[^}]{0,80}(?:alter|force)\\s*:\\s*true",
              Effect.locking("the mapper changes the schema by itself when the program starts")),
          Setting.of(
              "AutoMigrate Ensure create_all generate-ddl",
              "\\.AutoMigrate\\(|\\.EnsureCreated(?:Async)?\\(|\\bmetadata\\.create_all\\(|\\.generate-ddl\\s*[:=]\\s*true",
              Effect.additive("the mapper makes tables by itself when the program starts")),
          Setting.of(
              "EnsureDeleted drop_all clean",
              "\\.EnsureDeleted(?:Async)?\\(|\\bmetadata\\.drop_all\\(|\\bclean-?[dD]isabled\\s*[:=]\\s*[\"']?false|\\bclean-on-validation-error\\s*[:=]\\s*true",
              Effect.destructive("everything in the database may be taken away")),
          Setting.of(
              "hash_key range_key partition_key",
              "^\\s*(?:hash_key|range_key|partition_key_path|partition_key_paths)\\s*=",
              Effect.locking("a table gets another key: it is made anew")),
          Setting.of(
              "deletion_protection prevent_destroy",
              "^\\s*(?:deletion_protection|deletion_protection_enabled|prevent_destroy)\\s*=\\s*false\\b",
              Effect.destructive("what holds data may be deleted with all that is in it")));

  private static final Pattern OWN = Pattern.compile("(?i)dev|local|test|example|sample");

  private SchemaSettings() {}

  /** What the row sets; empty for anything else, and for one's own machine. */
  static Optional<Effect> of(ChangedFile file, Row row) {
    String code = row.code();
    return SETTINGS.stream()
        .filter(it -> it.isIn(code))
        .map(Setting::effect)
        .findFirst()
        .filter(effect -> !OWN.matcher(file.path()).find() && !isSame(file, code));
  }

  /** What stood there before in another place, or differently spaced, is no change. */
  private static boolean isSame(ChangedFile file, String code) {
    String plain = code.replaceAll("\\s", "");
    return file.deleted().stream().anyMatch(old -> old.code().replaceAll("\\s", "").equals(plain));
  }
}

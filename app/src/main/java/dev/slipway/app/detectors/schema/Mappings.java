package dev.slipway.app.detectors.schema;

import dev.slipway.agents.review.FileRole;
import dev.slipway.app.detectors.text.ChangedFile;
import dev.slipway.change.FileChange.Hunk;
import dev.slipway.change.FileChange.Line;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;

/**
 * What maps classes to tables, as object-relational mappers write it: where a mapped column
 * changes, the schema has to change with it. Compared over the whole change, so that what only
 * moves is no change.
 */
final class Mappings {
  private record Mapper(Pattern path, Pattern column) {}

  private static final List<Mapper> MAPPERS =
      List.of(
          // Django, SQLAlchemy and its kin
          new Mapper(
              Pattern.compile("\\.py$"),
              Pattern.compile(
                  "^\\s+\\w+\\s*(?::\\s*Mapped\\[[^=]{1,80}\\])?\\s*=\\s*(?:models\\.\\w*(?:Field|ForeignKey)\\(|(?:db\\.|sa\\.)?(?:Column|mapped_column)\\()|^\\s+(?:db_table|__tablename__|unique_together|index_together)\\s*=")),
          // JPA and Hibernate
          new Mapper(
              Pattern.compile("\\.(?:java|kt)$"),
              Pattern.compile(
                  "^\\s*@(?:(?:field|get):)?(?:Column|JoinColumn|JoinColumns|JoinTable|Table|CollectionTable|ColumnInfo|Lob|Enumerated)\\b")),
          // TypeORM and its kin
          new Mapper(
              Pattern.compile("\\.ts$"),
              Pattern.compile(
                  "^\\s*@(?:Column|PrimaryColumn|PrimaryGeneratedColumn|CreateDateColumn|UpdateDateColumn|JoinColumn|JoinTable|ViewEntity)\\(")),
          // GORM
          new Mapper(
              Pattern.compile("\\.go$"),
              Pattern.compile("^\\s*[A-Z]\\w*\\s+\\S[^`]{0,80}`[^`]{0,200}\\bgorm:\"[^`]{0,200}`")),
          // Entity Framework
          new Mapper(
              Pattern.compile("\\.cs$"),
              Pattern.compile(
                  "^\\s*\\[(?:Column|Table|Index|MaxLength)\\(|\\.(?:HasColumnType|HasColumnName|ToTable|HasMaxLength|HasPrecision)\\(")),
          // Doctrine
          new Mapper(
              Pattern.compile("\\.php$"),
              Pattern.compile("^\\s*#\\[ORM\\\\(?:Column|Table|JoinColumn|Index)\\b")),
          // Diesel
          new Mapper(
              Pattern.compile("schema\\.rs$"),
              Pattern.compile("^\\s+\\w+\\s+->\\s+(?:Nullable<)?[A-Z]\\w+>?,")));

  /** Arguments that the database does not see. */
  private static final Pattern UNSEEN =
      Pattern.compile(
          "\\b(?:verbose_name|help_text|choices|validators|editable|blank|related_name|related_query_name|error_messages|lazy|fetch|cascade|insertable|updatable|comment|default_factory)\\s*=\\s*(?:\\[[^\\]]{0,200}\\]|\\([^)]{0,200}\\)|(?:_|gettext_lazy)\\([^)]{0,200}\\)|\"[^\"]{0,200}\"|'[^']{0,200}'|[\\w.]{1,80})\\s*,?\\s*");

  private static final Pattern COLUMN_NAME = Pattern.compile("^\\s*(?:@\\w+|\\[)");

  private Mappings() {}

  /** Tells of each column that is there now and was not, or the other way round. */
  static void compare(List<ChangedFile> files, BiConsumer<ChangedFile, Integer> tell) {
    Map<String, Integer> balance = new HashMap<>();
    for (ChangedFile file : mapped(files)) {
      each(file, (column, line) -> balance.merge(column, line > 0 ? 1 : -1, Integer::sum));
    }
    for (ChangedFile file : mapped(files)) {
      each(
          file,
          (column, line) -> {
            int left = balance.getOrDefault(column, 0);
            if (left != 0 && (left > 0) == (line > 0)) {
              balance.put(column, 0);
              tell.accept(file, Math.max(0, line));
            }
          });
    }
  }

  private static List<ChangedFile> mapped(List<ChangedFile> files) {
    return files.stream()
        .filter(file -> file.role() == FileRole.PRODUCTION)
        .filter(file -> MAPPERS.stream().anyMatch(it -> it.path().matcher(file.path()).find()))
        .filter(file -> !file.path().toLowerCase(Locale.ROOT).contains("/migrations/"))
        .toList();
  }

  /** Each column of a changed line; its number in the candidate, -1 where it is taken away. */
  private static void each(ChangedFile file, BiConsumer<String, Integer> take) {
    List<Pattern> columns =
        MAPPERS.stream()
            .filter(it -> it.path().matcher(file.path()).find())
            .map(Mapper::column)
            .toList();
    for (Hunk hunk : file.change().hunks()) {
      int number = hunk.newStart();
      List<Line> lines = hunk.lines();
      for (int at = 0; at < lines.size(); at++) {
        Line line = lines.get(at);
        String text = line.text();
        boolean changed = !(line instanceof Line.Context);
        if (changed
            && text.length() < 600
            && columns.stream().anyMatch(it -> it.matcher(text).find())) {
          take.accept(spelt(lines, at), line instanceof Line.Added ? number : -1);
        }
        number += line instanceof Line.Deleted ? 0 : 1;
      }
    }
  }

  /** Without what the database does not see; a mark above a field with the field. */
  private static String spelt(List<Line> lines, int at) {
    String text = lines.get(at).text();
    String field = "";
    if (COLUMN_NAME.matcher(text).find()) {
      for (int below = at + 1; below < Math.min(lines.size(), at + 6) && field.isEmpty(); below++) {
        String next = lines.get(below).text().strip();
        boolean same =
            lines.get(below) instanceof Line.Context
                || lines.get(below).getClass() == lines.get(at).getClass();
        field = same && !next.startsWith("@") && !next.startsWith("[") ? next : "";
      }
    }
    String plain = UNSEEN.matcher(text).replaceAll("");
    return (plain + " " + field.replaceAll("[={(].*", ""))
        .replaceAll("\\b(?:private|public|protected|internal|readonly|final|virtual)\\b", "")
        .replaceAll("[\\s,]+", "");
  }
}

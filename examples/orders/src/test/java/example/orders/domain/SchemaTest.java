package example.orders.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The migrations, taken together, and the record they are for. */
class SchemaTest {

  private static final Path MIGRATIONS = Path.of("src/main/resources/db/migration");
  private static final Pattern COLUMN =
      Pattern.compile("^ +(?:ADD COLUMN )?([a-z_]+) +(?:bigint|integer|varchar|text|timestamptz)");

  @Test
  void everyComponentOfAnOrderHasItsColumn() throws IOException {
    TreeSet<String> columns = new TreeSet<>();
    try (var files = Files.list(MIGRATIONS)) {
      for (Path file : files.toList()) {
        columns.addAll(columns(Files.readAllLines(file)));
      }
    }

    assertEquals(new TreeSet<>(components()), columns);
  }

  private static List<String> columns(List<String> sql) {
    return sql.stream()
        .map(COLUMN::matcher)
        .filter(column -> column.find())
        .map(column -> column.group(1))
        .toList();
  }

  private static List<String> components() {
    return Arrays.stream(Order.class.getRecordComponents())
        .map(component -> component.getName().replaceAll("([A-Z])", "_$1").toLowerCase())
        .toList();
  }
}

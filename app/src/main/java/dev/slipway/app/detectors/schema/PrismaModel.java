package dev.slipway.app.detectors.schema;

import dev.slipway.change.ChangedLine;
import dev.slipway.change.FileChange;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Compares the deleted with the added lines of a Prisma schema. */
final class PrismaModel {
  private static final Pattern FIELD =
      Pattern.compile("^\\s+(\\w++)\\s++([\\w.]++(?:\\(\"[^\"]*+\"\\))?)(\\[])?(\\?)?(.*+)$");
  private static final Pattern BLOCK =
      Pattern.compile("^(?:model|enum|view|type)\\s++(\\w++)\\s*+\\{");

  private PrismaModel() {}

  /** Tells of each change with the line it stands on; a deleted line's number is the base's. */
  static void compare(FileChange file, BiConsumer<Integer, Effect> tell) {
    boolean whole = file.kind() == FileChange.Kind.ADDED;
    Map<String, ChangedLine> before = byName(file.deleted());
    Map<String, ChangedLine> after = byName(file.added());
    after.forEach(
        (name, line) -> {
          ChangedLine old = before.get(name);
          if (old != null && spelt(old.text()).equals(spelt(line.text()))) {
            return;
          }
          tell.accept(
              line.line(),
              whole
                  ? Effect.additive("describes a new schema")
                  : old == null ? added(line.text()) : changed(old.text(), line.text()));
        });
    before.forEach(
        (name, line) -> {
          if (!after.containsKey(name)) {
            tell.accept(0, Effect.destructive("takes away " + name));
          }
        });
  }

  private static Map<String, ChangedLine> byName(List<ChangedLine> lines) {
    Map<String, ChangedLine> all = new HashMap<>();
    for (ChangedLine line : lines) {
      Matcher block = BLOCK.matcher(line.text());
      Matcher field = FIELD.matcher(line.text());
      if (block.find()) {
        all.put("the model " + block.group(1), line);
      } else if (line.text().strip().startsWith("@@")) {
        all.put(line.text().strip(), line);
      } else if (field.matches()
          && !field.group(1).equals("provider")
          && !line.text().contains("=")) {
        all.put("the field " + field.group(1), line);
      } else if (line.text().matches("\\s+\\w+\\s*")) {
        all.put("the value " + line.text().strip(), line);
      }
    }
    return all;
  }

  /** Without comments, and without the blanks that a formatter moves. */
  private static String spelt(String line) {
    return line.replaceFirst("//.*", "").replaceAll("\\s+", " ").strip();
  }

  private static Effect added(String line) {
    String text = line.strip();
    if (text.startsWith("@@")) {
      return Effect.locking("adds an index or a constraint while writes wait");
    }
    Matcher field = FIELD.matcher(line);
    boolean must = field.matches() && field.group(3) == null && field.group(4) == null;
    return must && !text.contains("@default") && !text.contains("@relation")
        ? Effect.locking("adds a column that is NOT NULL without a default")
        : Effect.additive("adds a column");
  }

  private static Effect changed(String before, String after) {
    Matcher old = FIELD.matcher(before);
    Matcher now = FIELD.matcher(after);
    boolean same =
        old.matches()
            && now.matches()
            && old.group(2).equals(now.group(2))
            && (old.group(4) == null || now.group(4) != null);
    return same
        ? Effect.additive("changes a setting of a column")
        : Effect.locking("changes a column's type, or makes it NOT NULL");
  }
}

package dev.slipway.app.localgit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.app.localgit.LocalRepository.Entry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.eclipse.jgit.lib.FileMode;

/** Makes files, and changes of files, of all the kinds that diffs know. */
final class RandomTrees {
  private static final List<String> NAMES =
      List.of(
          "a.txt",
          "b b.txt",
          "ünï/日本.txt",
          "tab\tq.txt",
          "quote\".txt",
          "back\\slash",
          "a/b/c.txt",
          "b/a/c.txt",
          "-dash",
          "new\nline.txt",
          "x y/z",
          "a b/a b",
          "dev/null",
          "éé");
  private static final List<String> LINES =
      List.of(
          "",
          "}",
          "a",
          "-- ",
          "--",
          "--- a/x",
          "+++ b/x",
          "@@ -1 +1 @@",
          "diff --git a/x b/x",
          "\\ No newline",
          "text\rwith\rreturns",
          "tab\t",
          " leading",
          "trailing ",
          "日本語",
          "From 0123456789012345678901234567890123456789 Mon",
          "GIT binary patch",
          "rename from x");

  private final Random random;

  RandomTrees(long seed) {
    this.random = new Random(seed);
  }

  Map<String, Optional<Entry>> files() {
    Map<String, Optional<Entry>> files = new HashMap<>();
    NAMES.stream()
        .filter(name -> random.nextInt(3) > 0)
        .forEach(name -> files.put(name, Optional.of(entry())));
    return files;
  }

  /** A change of some of the files. */
  Map<String, Optional<Entry>> change(Map<String, Optional<Entry>> files) {
    Map<String, Optional<Entry>> changes = new HashMap<>();
    for (String name : NAMES) {
      Optional<Entry> old = files.getOrDefault(name, Optional.empty());
      switch (random.nextInt(8)) {
        case 0 -> changes.put(name, Optional.of(entry()));
        case 1 -> changes.put(name, Optional.empty());
        case 2 -> old.ifPresent(entry -> moved(name, entry, changes));
        case 3 -> old.ifPresent(entry -> changes.put(name, Optional.of(otherMode(entry))));
        case 4, 5 -> old.ifPresent(entry -> changes.put(name, Optional.of(edited(entry))));
        default -> {}
      }
    }
    return changes;
  }

  private void moved(String name, Entry entry, Map<String, Optional<Entry>> changes) {
    changes.put(name, Optional.empty());
    changes.put("moved " + name, Optional.of(random.nextBoolean() ? entry : edited(entry)));
  }

  private static Entry otherMode(Entry entry) {
    return new Entry(
        entry.mode() == FileMode.REGULAR_FILE ? FileMode.EXECUTABLE_FILE : FileMode.REGULAR_FILE,
        entry.content());
  }

  private Entry edited(Entry entry) {
    List<String> lines = new ArrayList<>(new String(entry.content(), ISO_8859_1).lines().toList());
    for (int edits = random.nextInt(4); edits >= 0; edits--) {
      int at = random.nextInt(lines.size() + 1);
      if (random.nextBoolean() || at == lines.size()) {
        lines.add(at, line());
      } else {
        lines.remove(at);
      }
    }
    return new Entry(entry.mode(), bytes(lines));
  }

  private Entry entry() {
    return switch (random.nextInt(10)) {
      case 0 -> new Entry(FileMode.REGULAR_FILE, new byte[0]);
      case 1 -> new Entry(FileMode.REGULAR_FILE, new byte[] {0, 1, (byte) random.nextInt()});
      case 2 -> Entry.link("target" + random.nextInt(5));
      default -> {
        List<String> lines = new ArrayList<>();
        for (int count = random.nextInt(60); count > 0; count--) {
          lines.add(line());
        }
        yield new Entry(FileMode.REGULAR_FILE, bytes(lines));
      }
    };
  }

  private String line() {
    String line =
        random.nextInt(3) == 0
            ? LINES.get(random.nextInt(LINES.size()))
            : "line " + random.nextInt(50);
    return new String(line.getBytes(UTF_8), ISO_8859_1);
  }

  private byte[] bytes(List<String> lines) {
    String end = random.nextInt(5) == 0 ? "\r\n" : "\n";
    String text = String.join(end, lines) + (random.nextInt(4) == 0 ? "" : end);
    byte[] bytes = text.getBytes(ISO_8859_1);
    if (bytes.length > 0 && random.nextInt(10) == 0) {
      bytes[random.nextInt(bytes.length)] = (byte) 0xe9; // not UTF-8
    }
    return bytes;
  }
}

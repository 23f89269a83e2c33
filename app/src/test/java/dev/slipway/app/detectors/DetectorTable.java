package dev.slipway.app.detectors;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The table of docs/detectors.md: every measured corpus has its row there, and the row says what
 * was measured. Run the tests with {@code -Ddetectors.table=write} to write the rows anew.
 */
final class DetectorTable {
  private static final String END = "<!-- end of the measured table -->";

  private DetectorTable() {}

  static synchronized void row(
      String family, long positives, long negatives, double precision, double recall) {
    String head = "| " + family + " |";
    String row =
        head
            + String.format(
                Locale.ROOT, " %d | %d | %.3f | %.3f |", positives, negatives, precision, recall);
    try {
      Path file = document();
      List<String> lines = new ArrayList<>(Files.readAllLines(file));
      if ("write".equals(System.getProperty("detectors.table"))) {
        lines.removeIf(line -> line.startsWith(head));
        lines.add(lines.indexOf(END), row);
        Files.write(file, lines);
      }
      assertThat(lines).as("rows of " + file).contains(row);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path document() {
    Path here = Path.of("docs/detectors.md");
    return Files.exists(here) ? here : Path.of("..").resolve(here);
  }
}

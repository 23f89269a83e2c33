package dev.slipway.app.judging;

import de.siegmar.fastcsv.reader.CommentStrategy;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import dev.slipway.policy.judge.Recording;
import dev.slipway.policy.judge.Row;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * Reads a recording from CSV (RFC 4180, UTF-8; comma, semicolon or tab): a header line, then a line
 * per time and arm. Columns: {@code time} (ISO 8601 or epoch seconds), {@code arm} (canary or
 * baseline), optional {@code instance}, {@code requests} and {@code errors} or {@code error_rate}
 * (0 to 1), {@code latency_p99_ms} or other quantiles of that form. Empty and NaN cells are
 * missing. Lines that are empty, or begin with {@code #}, are none.
 */
final class RecordingFile {
  private static final int BYTES_MAX = 64 * 1024 * 1024;
  private static final int ROWS_MAX = 1_000_000;

  private RecordingFile() {}

  static Recording read(Path file) throws Unreadable {
    return parse(text(file));
  }

  private static String text(Path file) throws Unreadable {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(BYTES_MAX + 1);
      if (bytes.length > BYTES_MAX) {
        throw new Unreadable(
            "the file is longer than %d MiB; take rows together, such as ten seconds each"
                .formatted(BYTES_MAX >> 20));
      }
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw new Unreadable("the file is not UTF-8 text");
    } catch (IOException e) {
      throw new Unreadable(
          Files.exists(file)
              ? "the file cannot be read: " + e.getMessage()
              : "there is no such file");
    }
  }

  static Recording parse(String text) throws Unreadable {
    List<CsvRecord> lines = new ArrayList<>();
    try (CsvReader<CsvRecord> csv =
        CsvReader.builder()
            .fieldSeparator(separator(text))
            .allowExtraFields(true)
            .allowMissingFields(true)
            .trimWhitespacesAroundQuotes(true)
            .commentStrategy(CommentStrategy.SKIP)
            .ofCsvRecord(text)) {
      for (CsvRecord line : csv) {
        if (lines.size() > ROWS_MAX) {
          throw new Unreadable(
              "the file has more than %d lines; take rows together, such as ten seconds each"
                  .formatted(ROWS_MAX));
        }
        if (!blank(line.getFields())) {
          lines.add(line);
        }
      }
    } catch (CsvParseException | IOException e) {
      throw new Unreadable(
          "line %d: this is not CSV: a quotation mark is out of place, or a cell is too long"
              .formatted(lines.size() + 1));
    }
    if (lines.isEmpty()) {
      throw new Unreadable("the file is empty");
    }
    return recording(lines);
  }

  private static boolean blank(List<String> fields) {
    return fields.stream().allMatch(String::isBlank);
  }

  private static char separator(String text) {
    String header =
        text.lines()
            .filter(line -> !line.isBlank() && !line.startsWith("#"))
            .findFirst()
            .orElse("");
    if (header.indexOf(',') >= 0) {
      return ',';
    }
    return header.indexOf(';') >= 0 ? ';' : header.indexOf('\t') >= 0 ? '\t' : ',';
  }

  private static Recording recording(List<CsvRecord> lines) throws Unreadable {
    List<String> header = lines.getFirst().getFields();
    Columns columns = Columns.of(lines.getFirst().getStartingLineNumber(), header);
    if (lines.size() == 1) {
      throw new Unreadable("there are no rows after the header");
    }
    List<Row> rows = new ArrayList<>(lines.size());
    for (CsvRecord line : lines.subList(1, lines.size())) {
      List<String> fields = line.getFields();
      boolean more = fields.size() > header.size();
      if (fields.size() < header.size()
          || (more && !blank(fields.subList(header.size(), fields.size())))) {
        throw new Unreadable(
            "line %d: %d columns, and the header has %d"
                .formatted(line.getStartingLineNumber(), line.getFieldCount(), header.size()));
      }
      rows.add(row(new Cells(line.getStartingLineNumber(), fields), columns));
    }
    return new Recording(columns.quantiles(), rows);
  }

  private static Row row(Cells cells, Columns columns) throws Unreadable {
    List<Double> latencies = new ArrayList<>(columns.latencies().size());
    for (int column : columns.latencies()) {
      latencies.add(cells.number(column, columns.name(column)));
    }
    return new Row(
        cells.time(columns.find("time").orElseThrow()),
        cells.arm(columns.find("arm").orElseThrow()),
        cells.text(columns.find("instance")),
        number(cells, columns, "requests"),
        number(cells, columns, "errors"),
        number(cells, columns, "error_rate"),
        latencies);
  }

  private static double number(Cells cells, Columns columns, String name) throws Unreadable {
    OptionalInt column = columns.find(name);
    return cells.number(column, name);
  }
}

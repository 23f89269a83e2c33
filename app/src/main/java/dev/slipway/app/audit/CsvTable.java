package dev.slipway.app.audit;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/**
 * A table as comma-separated values (RFC 4180) that a spreadsheet shows and never computes: a cell
 * that it would take for a formula is preceded by an apostrophe (OWASP, CSV injection).
 */
public final class CsvTable {
  private static final String FORMULA_STARTS = "=+-@\t\r\n＝＋－＠";

  private CsvTable() {}

  /** The text of the table, with a header. */
  public static String of(List<String> columns, List<Map<String, String>> rows) {
    StringWriter out = new StringWriter();
    try (CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.CRLF).build(out)) {
      csv.writeRecord(columns);
      for (Map<String, String> row : rows) {
        csv.writeRecord(columns.stream().map(name -> shown(row.getOrDefault(name, ""))).toList());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toString();
  }

  private static String shown(String value) {
    String line = OneLine.of(value);
    return !line.isEmpty() && FORMULA_STARTS.indexOf(line.charAt(0)) >= 0 ? "'" + line : line;
  }
}

package dev.slipway.app.judging;

import dev.slipway.change.Printable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which column of a CSV file holds what. Columns of other names are left alone. */
final class Columns {
  private static final Pattern LATENCY =
      Pattern.compile("latency_p(?!100_)(\\d{1,2})(?:[._]?(\\d{1,3}))?_ms");

  private static final Set<String> USED =
      Set.of("time", "arm", "instance", "requests", "errors", "error_rate");
  private static final int SHOWN_MAX = 120;

  private final List<String> header;
  private final Map<String, Integer> byName = new LinkedHashMap<>();
  private final List<Integer> latencies = new ArrayList<>();
  private final List<Double> quantiles = new ArrayList<>();

  private Columns(List<String> header) {
    this.header = header;
  }

  /**
   * @param line in which the header is
   */
  static Columns of(long line, List<String> header) throws Unreadable {
    Columns columns = new Columns(header);
    for (int i = 0; i < header.size(); i++) {
      String name = header.get(i).strip().toLowerCase(Locale.ROOT);
      if (columns.byName.putIfAbsent(name, i) != null && USED.contains(name)) {
        throw Unreadable.at(line, i, name, "there are two columns of this name");
      }
      Matcher latency = LATENCY.matcher(name);
      if (latency.matches()) {
        columns.latency(line, i, latency);
      }
    }
    for (String needed : List.of("time", "arm")) {
      if (!columns.byName.containsKey(needed)) {
        throw new Unreadable(
            "line %d: there is no column '%s'; expected are time, arm, requests, errors (or error_rate), latency_p99_ms, and found are: %s"
                .formatted(line, needed, columns.shown()));
      }
    }
    return columns;
  }

  private String shown() {
    String names = String.join(", ", header);
    String start = names.length() > SHOWN_MAX ? names.substring(0, SHOWN_MAX) + "…" : names;
    return Printable.of(start);
  }

  private void latency(long line, int index, Matcher parts) throws Unreadable {
    String fraction = parts.group(2) == null ? "" : parts.group(2);
    double quantile =
        Double.parseDouble("0." + "%2s".formatted(parts.group(1)).replace(' ', '0') + fraction);
    if (quantile <= 0) {
      throw Unreadable.at(line, index, name(index), "a quantile lies between p0 and p100");
    }
    if (quantiles.contains(quantile)) {
      throw Unreadable.at(line, index, name(index), "there are two columns of this quantile");
    }
    latencies.add(index);
    quantiles.add(quantile);
  }

  /** Where a column is; empty if the file has none of that name. */
  OptionalInt find(String name) {
    Integer index = byName.get(name);
    return index == null ? OptionalInt.empty() : OptionalInt.of(index);
  }

  /** What the column is called. */
  String name(int index) {
    return header.get(index).strip();
  }

  /** Where the latency quantiles are. */
  List<Integer> latencies() {
    return latencies;
  }

  /** Which quantiles they are, in the same order. */
  List<Double> quantiles() {
    return quantiles;
  }
}

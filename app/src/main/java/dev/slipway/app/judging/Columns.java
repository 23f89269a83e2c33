package dev.slipway.app.judging;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which column of a CSV file holds what. Columns of other names are left alone. */
final class Columns {
  private static final Pattern LATENCY =
      Pattern.compile("latency_p(\\d{1,2})(?:[._]?(\\d{1,3}))?_ms");

  private final Map<String, Integer> byName = new LinkedHashMap<>();
  private final List<Integer> latencies = new ArrayList<>();
  private final List<Double> quantiles = new ArrayList<>();

  private Columns() {}

  static Columns of(List<String> header) throws Unreadable {
    Columns columns = new Columns();
    for (int i = 0; i < header.size(); i++) {
      String name = header.get(i).strip().toLowerCase(Locale.ROOT);
      if (!name.isEmpty() && columns.byName.putIfAbsent(name, i) != null) {
        throw Unreadable.at(1, i, name, "there are two columns of this name");
      }
      Matcher latency = LATENCY.matcher(name);
      if (latency.matches()) {
        columns.latency(i, name, latency);
      }
    }
    for (String needed : List.of("time", "arm")) {
      if (!columns.byName.containsKey(needed)) {
        throw new Unreadable(
            "line 1: there is no column '%s'; expected are time, arm, requests, errors (or error_rate), latency_p99_ms"
                .formatted(needed));
      }
    }
    return columns;
  }

  private void latency(int index, String name, Matcher parts) throws Unreadable {
    String fraction = parts.group(2) == null ? "" : parts.group(2);
    double quantile =
        Double.parseDouble("0." + "%2s".formatted(parts.group(1)).replace(' ', '0') + fraction);
    if (quantile <= 0) {
      throw Unreadable.at(1, index, name, "a quantile lies between p0 and p100");
    }
    if (quantiles.contains(quantile)) {
      throw Unreadable.at(1, index, name, "there are two columns of this quantile");
    }
    latencies.add(index);
    quantiles.add(quantile);
  }

  /** Where a column is; empty if the file has none of that name. */
  OptionalInt find(String name) {
    Integer index = byName.get(name);
    return index == null ? OptionalInt.empty() : OptionalInt.of(index);
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

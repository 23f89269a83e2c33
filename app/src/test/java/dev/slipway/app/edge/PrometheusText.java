package dev.slipway.app.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads Prometheus' text format 0.0.4, strictly: every sample has a type, and none stands twice.
 */
record PrometheusText(Map<String, Double> samples) {
  private static final String LABEL = "[a-zA-Z_][a-zA-Z0-9_]*=\"[^\"\\\\\\n]*\"";
  private static final Pattern SAMPLE =
      Pattern.compile("([a-z_]+)\\{(" + LABEL + "(?:," + LABEL + ")*)\\} ([0-9.eE+-]+|NaN|\\+Inf)");
  private static final Pattern TYPE = Pattern.compile("# TYPE ([a-z_]+) (counter|gauge|histogram)");

  static PrometheusText parse(String text) {
    assertThat(text).endsWith("\n");
    Map<String, Double> samples = new LinkedHashMap<>();
    Set<String> typed = new HashSet<>();
    for (String line : text.split("\n")) {
      Matcher type = TYPE.matcher(line);
      Matcher sample = SAMPLE.matcher(line);
      if (type.matches()) {
        assertThat(typed.add(type.group(1))).as("one TYPE: %s", line).isTrue();
      } else if (sample.matches()) {
        String family = sample.group(1).replaceFirst("_(bucket|sum|count)$", "");
        assertThat(typed.contains(family) || typed.contains(sample.group(1))).as(line).isTrue();
        String key = sample.group(1) + "{" + sample.group(2) + "}";
        assertThat(samples.put(key, Double.parseDouble(sample.group(3)))).as(line).isNull();
      } else {
        assertThat(line).startsWith("# HELP ");
      }
    }
    return new PrometheusText(samples);
  }

  double value(String metric, String labels) {
    Double value = samples.get(metric + "{" + labels + "}");
    assertThat(value).as("%s{%s}", metric, labels).isNotNull();
    return value;
  }

  double sum(String metric, String labels) {
    return samples.entrySet().stream()
        .filter(entry -> entry.getKey().startsWith(metric + "{" + labels))
        .mapToDouble(Map.Entry::getValue)
        .sum();
  }
}
